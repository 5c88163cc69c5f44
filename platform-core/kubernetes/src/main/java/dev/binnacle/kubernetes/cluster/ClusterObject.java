package dev.binnacle.kubernetes.cluster;

/**
 * An object of the cluster as a document.
 *
 * @param name what it is called in diagnostics, in the place of a file: {@code VirtualService shop/catalog}
 * @param text what it says, as JSON on one line; documents of users in a ConfigMap are as written
 */
public record ClusterObject(String name, String text) implements Comparable<ClusterObject> {
    @Override
    public int compareTo(ClusterObject other) {
        return name.compareTo(other.name);
    }
}
