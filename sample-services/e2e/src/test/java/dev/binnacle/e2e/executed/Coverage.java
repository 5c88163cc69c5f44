package dev.binnacle.e2e.executed;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which documented fields have a case. */
final class Coverage {
    /** The kinds whose fields have cases. */
    private static final Set<String> KINDS = Set.of(
            "VirtualService",
            "DestinationRule",
            "Gateway",
            "ServiceEntry",
            "WorkloadEntry",
            "Sidecar",
            "PeerAuthentication",
            "Telemetry",
            "RequestAuthentication",
            "AuthorizationPolicy",
            "EnvoyFilter",
            "MeshConfig");

    private static final Pattern ROW = Pattern.compile("\\| `(\\S+)` \\| supported.*");

    /** The places of a DestinationRule where a policy may stand; one table reads them all. */
    private static final Pattern PLACE = Pattern.compile(
            "(spec\\.subsets\\[]\\.trafficPolicy\\.portLevelSettings\\[]|spec\\.subsets\\[]\\.trafficPolicy|spec\\.trafficPolicy\\.portLevelSettings\\[])\\.(\\w+)(.*)");

    private Coverage() {}

    /** Returns the fields that a test says it executes. */
    static List<FieldName> declared(Method test) {
        return Optional.ofNullable(test.getAnnotation(Executes.class)).stream()
                .flatMap(executes -> Stream.of(executes.value()))
                .flatMap(text -> FieldName.parse(text).stream())
                .toList();
    }

    /** Returns the fields of routing kinds that {@code docs/istio-support.md} lists as supported. */
    static Set<FieldName> supported(Stream<String> lines) {
        var result = new TreeSet<FieldName>();
        String kind = "";
        for (String line : lines.toList()) {
            if (line.startsWith("### ")) {
                kind = line.substring(4).replace("Mesh configuration", "MeshConfig");
            }
            var row = ROW.matcher(line);
            if (row.matches() && KINDS.contains(kind)) {
                result.add(new FieldName(kind, row.group(1)));
            }
        }
        return result;
    }

    /**
     * Returns the fields without a case. A section has one when one of its fields has. Of a DestinationRule's policies each
     * field has one at one of the four places where policies stand, and each policy has one at each place.
     */
    static Set<FieldName> without(Set<FieldName> supported, Collection<FieldName> executed) {
        return supported.stream()
                .filter(field -> !isExecuted(field, executed))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isExecuted(FieldName field, Collection<FieldName> executed) {
        if (executed.stream().anyMatch(e -> e.equals(field) || field.holds(e))) {
            return true;
        }
        var general = generalized(field);
        if (executed.stream().map(Coverage::generalized).noneMatch(e -> e.equals(general) || general.holds(e))) {
            return false;
        }
        return policy(field).stream()
                .anyMatch(policy -> executed.stream().anyMatch(e -> e.equals(policy) || policy.holds(e)));
    }

    private static FieldName generalized(FieldName field) {
        var place = PLACE.matcher(field.path());
        return place.matches() && !place.group(2).startsWith("port")
                ? new FieldName(field.kind(), "spec.trafficPolicy." + place.group(2) + place.group(3))
                : field;
    }

    /** The policy that a field of a particular place belongs to; the fields of the general place speak for themselves. */
    private static Optional<FieldName> policy(FieldName field) {
        var place = PLACE.matcher(field.path());
        return place.matches()
                ? Optional.of(new FieldName(field.kind(), place.group(1) + "." + place.group(2)))
                : field.path().startsWith("spec.trafficPolicy.")
                        ? Optional.of(new FieldName(field.kind(), "spec.trafficPolicy"))
                        : Optional.empty();
    }
}
