package dev.binnacle.plugin.generators.istio;

import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.plugin.generators.istio.Wanted.Canary;
import dev.binnacle.plugin.generators.istio.Wanted.Source;
import dev.binnacle.plugin.generators.istio.Wanted.Testers;
import dev.binnacle.prometheus.config.Section;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a canary. */
final class CanaryReader {
    private static final int ALL = 100;
    private static final Pattern HEADER = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

    private final MeshFacts mesh;

    CanaryReader(MeshFacts mesh) {
        this.mesh = mesh;
    }

    Canary read(Source source, Section spec) {
        String name = spec.text("service", "");
        var service = mesh.service(source.namespace(), name);
        if (service.isEmpty()) {
            spec.problem(
                    "service",
                    "no Service among the manifests is called '" + name + "'; " + mesh.services(source.namespace())
                            + ". Write one of them, or name their folder by -f");
        }
        SortedSet<String> known = service.map(mesh::versions).orElseGet(TreeSet::new);
        var weights = weights(spec, service, known);
        return new Canary(source, name, weights, testers(spec, weights));
    }

    private static SortedMap<String, Integer> weights(
            Section spec, Optional<Service> service, SortedSet<String> known) {
        var section = spec.section("versions");
        var weights = new TreeMap<String, Integer>();
        for (String version : section.keys()) {
            weights.put(version, (int) Math.min(section.number(version, 0), ALL + 1));
            if (service.isPresent() && !known.contains(version)) {
                section.problem(
                        version,
                        "no pods of " + service.get().ref().name() + " have the label version: '" + version + "'. "
                                + (known.isEmpty()
                                        ? "None has that label: add it to the Deployments' templates"
                                        : "There are " + String.join(", ", known)));
            }
        }
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (weights.isEmpty()) {
            spec.problem("versions", "shares of the versions are needed. Write versions: {v1: 90, v2: 10}");
        } else if (sum != ALL) {
            spec.problem("versions", "the shares add up to " + sum + ", not to 100. Write percentages");
        }
        return weights;
    }

    private static Optional<Testers> testers(Section spec, SortedMap<String, Integer> weights) {
        if (!spec.has("testers")) {
            return Optional.empty();
        }
        var section = spec.section("testers");
        var testers = new Testers(section.text("header", ""), section.text("value", ""), section.text("version", ""));
        if (!HEADER.matcher(testers.header()).matches()) {
            section.problem(
                    "header", "'" + testers.header() + "' is no header's name. Write one, such as x-user-group");
        }
        if (testers.value().isEmpty() || testers.value().chars().anyMatch(Character::isISOControl)) {
            section.problem("value", "no header can have this value. Write one line of text");
        }
        if (!weights.containsKey(testers.version())) {
            section.problem(
                    "version",
                    "'" + testers.version() + "' is none of the versions. Write one of "
                            + String.join(", ", weights.keySet()) + "; its share may be 0");
        }
        section.end();
        return Optional.of(testers);
    }
}
