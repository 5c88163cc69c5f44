package dev.binnacle.plugin.generators.istio;

import dev.binnacle.plugin.generators.istio.Wanted.Source;
import dev.binnacle.prometheus.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Resources as text. */
final class IstioYaml {
    private IstioYaml() {}

    /** A resource and what a reader should know about it. */
    record Resource(String comment, Map<String, Object> content) {}

    /** Returns a resource of Istio's networking API with the document's name. */
    static Map<String, Object> networking(String kind, Source source, Map<String, Object> spec) {
        return resource("networking.istio.io/v1", kind, source, spec);
    }

    static Map<String, Object> resource(String api, String kind, Source source, Map<String, Object> spec) {
        return map(
                "apiVersion",
                api,
                "kind",
                kind,
                "metadata",
                map("name", source.name(), "namespace", source.namespace()),
                "spec",
                spec);
    }

    /** Returns documents of one file, each with its comment over it. */
    static String write(List<Resource> resources) {
        return resources.stream()
                .map(resource -> comment(resource.comment()) + YamlWriter.write(resource.content()))
                .collect(Collectors.joining("---\n"));
    }

    private static String comment(String text) {
        return text.lines().map(line -> "# " + line + "\n").collect(Collectors.joining());
    }

    /** Returns a map in the order given: keys and values in turn. */
    static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < keysAndValues.length; at += 2) {
            map.put((String) keysAndValues[at], keysAndValues[at + 1]);
        }
        return map;
    }
}
