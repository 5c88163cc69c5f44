package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Objects of Kubernetes as maps. */
final class Documents {
    static final Path TOP = Path.of("../..").toAbsolutePath().normalize();

    private Documents() {}

    static List<Map<String, Object>> of(String yaml) {
        return StreamSupport.stream(yaml().loadAll(yaml).spliterator(), false)
                .filter(Map.class::isInstance)
                .map(Documents::map)
                .toList();
    }

    static List<Map<String, Object>> ofFiles(String... names) throws IOException {
        var all = new ArrayList<Map<String, Object>>();
        for (String name : names) {
            all.addAll(of(Files.readString(TOP.resolve(name))));
        }
        return all;
    }

    /** Returns the objects by kind, namespace and name, as they are in {@code namespace} where they name none or the default one. */
    static TreeMap<String, Map<String, Object>> in(String namespace, List<Map<String, Object>> objects) {
        var byName = new TreeMap<String, Map<String, Object>>();
        for (var object : objects) {
            var metadata = map(object.get("metadata"));
            Object written = metadata.getOrDefault("namespace", "default");
            metadata.put("namespace", written.equals("default") ? namespace : written);
            byName.put(object.get("kind") + " " + metadata.get("namespace") + "/" + metadata.get("name"), object);
        }
        return byName;
    }

    /** Returns a pod for each Deployment, as its controller would make it. */
    static String podsOf(List<Map<String, Object>> objects) {
        return objects.stream()
                .filter(object -> object.get("kind").equals("Deployment"))
                .map(Documents::podOf)
                .map(pod -> yaml().dump(pod))
                .collect(Collectors.joining("---\n"));
    }

    @SuppressWarnings("unchecked") // YAML's mappings have texts as keys
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> podOf(Map<String, Object> deployment) {
        var metadata = map(deployment.get("metadata"));
        var template = map(map(deployment.get("spec")).get("template"));
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", metadata.get("name"), "namespace", metadata.get("namespace")),
                "spec",
                template.get("spec"));
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }
}
