package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.AllowedRoutes;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the namespaces whose routes a listener takes. */
final class AllowedNamespaces {
    /** Kubernetes gives this label to every namespace. */
    private static final String NAME = "kubernetes.io/metadata.name";

    /** No namespace has this name. */
    private static final String NONE = "~";

    private final Map<String, Map<String, String>> labels = new TreeMap<>();

    /** Namespaces are those that are defined, and those that something is in. */
    AllowedNamespaces(Resources resources) {
        var inhabited = Stream.<Resource>concat(resources.services().stream(), resources.routes().stream());
        inhabited.map(resource -> resource.ref().namespace()).forEach(name -> add(name, Map.of()));
        resources.namespaces().forEach(namespace -> add(namespace.ref().name(), namespace.labels()));
    }

    private void add(String name, Map<String, String> written) {
        var all = new TreeMap<>(written);
        all.put(NAME, name);
        labels.put(name, all);
    }

    /** Returns their names, sorted, {@code *} for all; never none, but then one that is nobody's. */
    List<String> of(KubernetesGateway gateway, AllowedRoutes allowed) {
        return switch (allowed.namespaces()) {
            case "All" -> List.of(OpenListener.EVERY);
            case "Selector" -> selected(allowed);
            default -> List.of(gateway.ref().namespace());
        };
    }

    private List<String> selected(AllowedRoutes allowed) {
        var names = labels.entrySet().stream()
                .filter(namespace -> allowed.selector().selects(namespace.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return names.isEmpty() ? List.of(NONE) : names;
    }
}
