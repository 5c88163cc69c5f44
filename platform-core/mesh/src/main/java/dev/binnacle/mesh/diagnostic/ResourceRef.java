package dev.binnacle.mesh.diagnostic;

/**
 * Names one resource. A name that Kubernetes would not accept, as in a diagnostic about it, is made inert.
 *
 * @param kind the Kubernetes kind, for example {@code VirtualService}
 * @param namespace the namespace; {@code default} where the manifest gives none
 * @param name {@code metadata.name}
 */
public record ResourceRef(String kind, String namespace, String name) implements Comparable<ResourceRef> {
    public ResourceRef {
        kind = Inert.shortened(kind);
        namespace = Inert.shortened(namespace);
        name = Inert.shortened(name);
    }

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
