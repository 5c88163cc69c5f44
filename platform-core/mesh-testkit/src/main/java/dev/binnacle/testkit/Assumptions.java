package dev.binnacle.testkit;

import com.google.gson.Gson;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Hosts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a repository without Deployments must be about: pods for each Service and subset that nobody runs, a pod for each
 * Gateway, and the callers that a test names. Manifests that do run something are never added to.
 */
final class Assumptions {
    static final String FILE = "(assumed)";

    private static final Gson GSON = new Gson();

    private final Manifests manifests;
    private final Map<String, Object> documents = new LinkedHashMap<>();

    private Assumptions(Manifests manifests) {
        this.manifests = manifests;
    }

    /** Returns the Services that a test names, {@code name.namespace:port}, as a manifest. */
    static ManifestFile services(List<String> wanted) {
        return file(wanted.stream().map(Assumptions::service).toList());
    }

    /** Returns the pods that {@code manifests} and the callers of a test need, as a manifest. */
    static ManifestFile workloads(Manifests manifests, List<String> callers) {
        var result = new Assumptions(manifests);
        manifests.services().forEach(result::servers);
        manifests.gateways().forEach(result::gateway);
        callers.forEach(result::caller);
        return file(result.documents.values());
    }

    private static ManifestFile file(Iterable<?> documents) {
        var text = new StringBuilder();
        documents.forEach(
                document -> text.append("---\n").append(GSON.toJson(document)).append('\n'));
        return new ManifestFile(FILE, text.toString());
    }

    private static Object service(String wanted) {
        int colon = wanted.lastIndexOf(':');
        if (colon < 1 || !wanted.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("a Service is named as name:port or name.namespace:port, not " + wanted);
        }
        var name = Name.of(wanted.substring(0, colon));
        var port = Map.of("name", "http", "port", Integer.valueOf(wanted.substring(colon + 1)));
        return resource("v1", "Service", name, Map.of("selector", Map.of("app", name.name()), "ports", List.of(port)));
    }

    private void servers(Service service) {
        String namespace = service.ref().namespace();
        boolean runs = manifests.workloads().stream()
                .anyMatch(w -> w.namespace().equals(namespace) && service.selects(w.labels()));
        if (runs || service.selector().isEmpty()) {
            return;
        }
        var subsets = subsets(service);
        if (subsets.isEmpty()) {
            deployment(new Name(service.ref().name(), namespace), service.selector(), ports(service), Map.of());
        }
        subsets.forEach((subset, labels) -> {
            var all = new TreeMap<>(service.selector());
            all.putAll(labels);
            deployment(new Name(service.ref().name() + "-" + subset, namespace), all, ports(service), Map.of());
        });
    }

    private Map<String, Map<String, String>> subsets(Service service) {
        return manifests.destinationRules().stream()
                .filter(rule -> Hosts.covers(
                        Hosts.resolve(rule.host().text(), rule.ref().namespace()), service.host()))
                .flatMap(rule -> rule.subsets().stream())
                .filter(subset -> !subset.labels().isEmpty())
                .collect(Collectors.toMap(
                        subset -> subset.name().text(), DestinationRule.Subset::labels, (a, b) -> a, TreeMap::new));
    }

    private static Map<String, Integer> ports(Service service) {
        var result = new TreeMap<String, Integer>();
        for (var port : service.ports()) {
            boolean number = port.target().chars().allMatch(Character::isDigit);
            int target = number ? Integer.parseInt(port.target()) : port.number();
            result.put(number ? "port-" + target : port.target(), target);
        }
        return result;
    }

    private void gateway(Gateway gateway) {
        boolean runs = manifests.workloads().stream().anyMatch(w -> gateway.selects(w.namespace(), w.labels()));
        if (runs || gateway.selector().isEmpty()) {
            return;
        }
        String name = Stream.of("istio", "app")
                .flatMap(label -> Stream.ofNullable(gateway.selector().get(label)))
                .findFirst()
                .orElse(gateway.ref().name());
        var ports = manifests.gateways().stream()
                .filter(other -> other.selector().equals(gateway.selector()))
                .flatMap(other -> other.servers().stream())
                .map(Gateway.Server::port)
                .distinct()
                .collect(Collectors.toMap(port -> "port-" + port, port -> port));
        deployment(
                new Name(name, "istio-system"),
                gateway.selector(),
                ports,
                Map.of("inject.istio.io/templates", "gateway"));
    }

    private void caller(String wanted) {
        var name = Name.of(wanted);
        boolean runs = manifests.workloads().stream()
                .anyMatch(w -> w.namespace().equals(name.namespace())
                        && (w.name().equals(name.name())
                                || name.name().equals(w.labels().get("app"))));
        boolean assumed = documents.keySet().stream()
                .anyMatch(id -> id.equals(name.toString())
                        || id.startsWith(name.name() + "-") && id.endsWith("." + name.namespace()));
        if (!runs && !assumed) {
            deployment(name, Map.of("app", name.name()), Map.of(), Map.of());
        }
    }

    private void deployment(
            Name name, Map<String, String> labels, Map<String, Integer> ports, Map<String, String> annotations) {
        var container = Map.of(
                "name",
                "app",
                "ports",
                ports.entrySet().stream()
                        .map(port -> Map.of("name", port.getKey(), "containerPort", port.getValue()))
                        .toList());
        var template = Map.of(
                "metadata",
                Map.of("labels", labels, "annotations", annotations),
                "spec",
                Map.of("containers", List.of(container)));
        documents.put(
                name.toString(),
                resource(
                        "apps/v1",
                        "Deployment",
                        name,
                        Map.of("selector", Map.of("matchLabels", labels), "template", template)));
    }

    private static Object resource(String version, String kind, Name name, Map<String, Object> spec) {
        return Map.of(
                "apiVersion",
                version,
                "kind",
                kind,
                "metadata",
                Map.of("name", name.name(), "namespace", name.namespace()),
                "spec",
                spec);
    }

    /** A name in a namespace. */
    private record Name(String name, String namespace) {
        static Name of(String written) {
            var parts = List.of(written.split("\\.", -1));
            return new Name(
                    parts.getFirst(),
                    Optional.of(parts)
                            .filter(p -> p.size() > 1)
                            .map(p -> p.get(1))
                            .orElse("default"));
        }

        @Override
        public String toString() {
            return name + "." + namespace;
        }
    }
}
