package dev.binnacle.mesh.diagnostic;

/**
 * Names one resource.
 *
 * @param kind the Kubernetes kind, for example {@code VirtualService}
 * @param namespace the namespace; {@code default} where the manifest gives none
 * @param name {@code metadata.name}
 */
public record ResourceRef(String kind, String namespace, String name) implements Comparable<ResourceRef> {
    @Override
    public int compareTo(ResourceRef other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
