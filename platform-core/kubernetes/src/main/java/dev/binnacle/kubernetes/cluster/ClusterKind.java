package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * A kind of object as the API server calls it.
 *
 * @param group empty for Kubernetes' core
 * @param version {@code v1} for example
 * @param plural as in paths and roles
 * @param kind as in manifests
 * @param isNamespaced whether its objects are in namespaces
 */
public record ClusterKind(String group, String version, String plural, String kind, boolean isNamespaced) {
    /** Creates a kind whose objects are in namespaces. */
    public ClusterKind(String group, String version, String plural, String kind) {
        this(group, version, plural, kind, true);
    }

    /** Returns its name as roles and custom resource definitions have it: {@code virtualservices.networking.istio.io}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Returns the kind, and its group where another kind has the same name. */
    String title() {
        return kind.equals("Gateway") && !group.endsWith(".istio.io") ? kind + "." + group : kind;
    }

    /** Returns {@code group/version}, or the version alone for Kubernetes' core. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Returns what the client needs to ask for it. */
    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group.isEmpty() ? null : group)
                .withVersion(version)
                .withPlural(plural)
                .withKind(kind)
                .withNamespaced(isNamespaced)
                .build();
    }
}
