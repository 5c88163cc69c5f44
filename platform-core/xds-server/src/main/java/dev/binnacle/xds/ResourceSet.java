package dev.binnacle.xds;

import com.google.protobuf.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one type that a proxy should have. Proxies that are told the same share one set, and what has not
 * changed between two publications stays the same, so that most questions are answered at a glance.
 */
final class ResourceSet {
    static final ResourceSet EMPTY = new ResourceSet(List.of(), Collections.emptySortedMap(), Set.of());

    private final List<? extends Message> source;
    private final SortedMap<String, VersionedResource> byName;
    private final Set<String> references;
    private volatile @Nullable String version;

    private ResourceSet(
            List<? extends Message> source, SortedMap<String, VersionedResource> byName, Set<String> references) {
        this.source = source;
        this.byName = byName;
        this.references = references;
    }

    /**
     * Returns the set of {@code messages}.
     *
     * <p>What has the same bytes in {@code previous} is taken from there, so that only changes are hashed.
     */
    static <M extends Message> ResourceSet of(List<M> messages, Function<M, String> naming, ResourceSet previous) {
        var sorted = new TreeMap<String, VersionedResource>();
        boolean changed = messages.size() != previous.byName.size();
        for (M message : messages) {
            String name = naming.apply(message);
            var known = previous.byName.get(name);
            var resource = VersionedResource.of(message, name, known);
            changed |= !resource.equals(known);
            if (sorted.put(name, resource) != null) {
                throw new IllegalArgumentException("two resources of one type are named " + name);
            }
        }
        return changed
                ? new ResourceSet(messages, Collections.unmodifiableSortedMap(sorted), references(sorted))
                : previous.madeFrom(messages);
    }

    private static Set<String> references(SortedMap<String, VersionedResource> resources) {
        return resources.values().stream()
                .flatMap(resource -> resource.references().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells at a glance that {@code other} holds the same; when it does not, the two may still be equal. */
    @SuppressWarnings("ReferenceEquality")
    boolean isKnownToEqual(@Nullable ResourceSet other) {
        return other != null && byName == other.byName;
    }

    /** Tells whether it was made from this very list. */
    @SuppressWarnings("ReferenceEquality")
    boolean isMadeFrom(List<? extends Message> messages) {
        return source == messages;
    }

    /** Returns the resources, sorted by name. */
    SortedMap<String, VersionedResource> byName() {
        return byName;
    }

    @Nullable
    VersionedResource get(String name) {
        return byName.get(name);
    }

    /** Returns the version of a resource, {@link Subscription#ABSENT} when it is not there. */
    String versionOf(String name) {
        var resource = byName.get(name);
        return resource == null ? Subscription.ABSENT : resource.version();
    }

    /** Returns one version for the whole set. */
    String version() {
        var known = version;
        if (known == null) {
            known = VersionedResource.versionOf(byName);
            version = known;
        }
        return known;
    }

    /** Returns the names of the next type that these resources lead to, without what those of {@code except} lead to. */
    Set<String> references(Collection<String> except) {
        if (except.isEmpty()) {
            return references;
        }
        var names = new HashSet<String>();
        for (var resource : byName.values()) {
            if (!except.contains(resource.name())) {
                names.addAll(resource.references());
            }
        }
        return names;
    }

    /** Returns the names of what differs between {@code earlier} and this, removed resources included. */
    Set<String> changesSince(ResourceSet earlier) {
        var changes = new HashSet<String>();
        if (isKnownToEqual(earlier)) {
            return changes;
        }
        byName.values().stream()
                .filter(resource -> !resource.equals(earlier.byName.get(resource.name())))
                .forEach(resource -> changes.add(resource.name()));
        earlier.byName.keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .forEach(changes::add);
        return changes;
    }

    /** Returns the same resources, known to come from {@code messages}. */
    private ResourceSet madeFrom(List<? extends Message> messages) {
        var same = new ResourceSet(messages, byName, references);
        same.version = version;
        return same;
    }
}
