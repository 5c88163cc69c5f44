package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The resources of one random configuration. */
public final class Documents {
    private static final Map<String, String> VERSIONS =
            Map.of("Service", "v1", "ServiceAccount", "v1", "ConfigMap", "v1", "Deployment", "apps/v1");

    private final List<Map<String, Object>> all = new ArrayList<>();

    void add(String kind, String namespace, String name, Map<String, Object> spec) {
        add(kind, namespace, name, "spec", spec);
    }

    void add(String kind, String namespace, String name, String body, Map<String, Object> value) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", name);
        metadata.put("namespace", namespace);
        var resource = new LinkedHashMap<String, Object>();
        resource.put("apiVersion", version(kind));
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put(body, value);
        all.add(resource);
    }

    private static String version(String kind) {
        String istio = kind.equals("PeerAuthentication") ? "security.istio.io/v1" : "networking.istio.io/v1";
        return VERSIONS.getOrDefault(kind, istio);
    }

    /** Returns the resources, each as its fields. */
    public List<Map<String, Object>> all() {
        return all;
    }

    /** Writes resources as a person would. */
    public static String yaml(List<Map<String, Object>> resources) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(120);
        options.setAllowUnicode(true);
        return new Yaml(new Unaliased(), options).dumpAll(resources.iterator());
    }

    /** Writes a value out wherever it occurs. */
    private static final class Unaliased extends org.yaml.snakeyaml.representer.Representer {
        private Unaliased() {
            super(new DumperOptions());
        }

        @Override
        protected org.yaml.snakeyaml.nodes.Node representMapping(
                org.yaml.snakeyaml.nodes.Tag tag, Map<?, ?> mapping, DumperOptions.FlowStyle style) {
            var node = super.representMapping(tag, mapping, style);
            representedObjects.clear();
            return node;
        }
    }
}
