package dev.binnacle.mesh.istio.telemetry;

import dev.binnacle.mesh.yaml.YamlNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** YAML that may hold anything, as maps, lists, texts and numbers. */
final class PlainYaml {
    private PlainYaml() {}

    static Map<String, Object> map(YamlNode.Mapping mapping) {
        var result = new TreeMap<String, Object>();
        mapping.entries().stream()
                .filter(entry -> !entry.value().isNull())
                .forEach(entry -> result.put(entry.key(), plain(entry.value())));
        return Collections.unmodifiableMap(result);
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> map(mapping);
            case YamlNode.Sequence list ->
                list.items().stream().map(PlainYaml::plain).toList();
            case YamlNode.Scalar scalar ->
                switch (scalar.type()) {
                    case BOOLEAN -> scalar.text().equals("true");
                    case INTEGER, DECIMAL -> Double.valueOf(scalar.text());
                    case STRING, NULL -> scalar.text();
                };
        };
    }
}
