package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.promql.MetricNames;
import dev.binnacle.spi.generate.GeneratedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The metrics of the mesh that rules and dashboards ask for; a Prometheus that keeps no other needs a fraction of the memory.
 *
 * @param names sorted
 */
record AllowList(SortedSet<String> names) {
    /** What the mesh's own programs expose; the services' metrics are theirs to judge. */
    private static final String FAMILIES = "envoy|istio|pilot|galley|citadel|sidecar_injection";

    /** Keys whose values are queries: in rules, and in dashboards. */
    private static final String QUERY = "expr";

    private static final int LARGEST = 200_000_000;

    /** Returns what the rules and dashboards among {@code files} use. */
    static AllowList of(List<GeneratedFile> files) {
        var names = new TreeSet<String>();
        for (var file : files) {
            if (file.path().startsWith("prometheus/rules/") || file.path().startsWith("grafana/")) {
                var options = new LoaderOptions();
                options.setCodePointLimit(LARGEST);
                // JSON is YAML, too.
                collect(new Yaml(new SafeConstructor(options)).load(file.text()), names);
            }
        }
        names.removeIf(name -> name.contains(":") || !name.matches("(" + FAMILIES + ")_.*"));
        return new AllowList(names);
    }

    /** Returns the steps that leave out what the mesh measures and nobody asks for. */
    List<Object> relabeling() {
        var steps = new ArrayList<Object>();
        steps.add(Relabel.because(
                "Of what the mesh measures only what rules and dashboards ask for; the services' own metrics all stay.",
                Relabel.replace("__tmp_wanted", String.join("|", names), "yes", "__name__")));
        steps.add(Relabel.leaveOut(";(" + FAMILIES + ")_.*", "__tmp_wanted", "__name__"));
        steps.add(Relabel.drop("__tmp_wanted"));
        return steps;
    }

    private static void collect(Object node, SortedSet<String> names) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if (QUERY.equals(key) && value instanceof String query) {
                        names.addAll(MetricNames.of(query));
                    } else if (value != null) {
                        collect(value, names);
                    }
                });
            case List<?> list -> list.forEach(item -> collect(item, names));
            default -> {
                // A single value asks for nothing.
            }
        }
    }
}
