package dev.binnacle.xds;

import com.google.protobuf.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one type that a proxy should have. Proxies that are told the same share one set, and what has not
 * changed between two publications stays the same, so that most questions are answered at a glance.
 */
final class ResourceSet {
    static final ResourceSet EMPTY = new ResourceSet(List.of(), Collections.emptySortedMap(), Map.of());

    private final List<?> source;
    private final SortedMap<String, VersionedResource> byName;
    private final Map<XdsType, Set<String>> references;
    private volatile @Nullable String version;

    private ResourceSet(
            List<?> source, SortedMap<String, VersionedResource> byName, Map<XdsType, Set<String>> references) {
        this.source = source;
        this.byName = byName;
        this.references = references;
    }

    /** Takes the messages of a set, one by one. */
    static final class Builder {
        private final XdsType type;
        private final ResourceSet previous;
        private final SortedMap<String, VersionedResource> sorted = new TreeMap<>();
        private boolean changed;

        private Builder(XdsType type, ResourceSet previous) {
            this.type = type;
            this.previous = previous;
        }

        void add(String name, Message message) {
            var known = previous.byName.get(name);
            var resource = VersionedResource.of(type, name, message, known);
            changed |= !resource.equals(known);
            if (sorted.put(name, resource) != null) {
                throw new IllegalArgumentException("two " + type.plural() + " are named " + name);
            }
        }

        private ResourceSet build(List<?> source) {
            return changed || sorted.size() != previous.byName.size()
                    ? new ResourceSet(
                            source, Collections.unmodifiableSortedMap(sorted), references(sorted.values(), List.of()))
                    : previous.madeFrom(source);
        }
    }

    /**
     * Returns the set that {@code filling} makes of {@code source}.
     *
     * <p>What has the same bytes in {@code previous} is taken from there, so that only changes are hashed.
     */
    static ResourceSet of(XdsType type, List<?> source, ResourceSet previous, Consumer<Builder> filling) {
        var builder = new Builder(type, previous);
        filling.accept(builder);
        return builder.build(source);
    }

    private static Map<XdsType, Set<String>> references(
            Collection<VersionedResource> resources, Collection<String> except) {
        var names = new EnumMap<XdsType, Set<String>>(XdsType.class);
        for (var resource : resources) {
            for (var id : except.contains(resource.name()) ? List.<ResourceId>of() : resource.references()) {
                names.computeIfAbsent(id.type(), type -> new HashSet<>()).add(id.name());
            }
        }
        return names;
    }

    /** Tells at a glance that {@code other} holds the same; when it does not, the two may still be equal. */
    @SuppressWarnings("ReferenceEquality")
    boolean isKnownToEqual(@Nullable ResourceSet other) {
        return other != null && byName == other.byName;
    }

    /** Tells whether it was made from this very list. */
    @SuppressWarnings("ReferenceEquality")
    boolean isMadeFrom(List<?> messages) {
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

    /** Returns the names of {@code type} that these resources lead to, without what those of {@code except} lead to. */
    Set<String> references(XdsType type, Collection<String> except) {
        var names = except.isEmpty() ? references : references(byName.values(), except);
        return names.getOrDefault(type, Set.of());
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
    private ResourceSet madeFrom(List<?> messages) {
        var same = new ResourceSet(messages, byName, references);
        same.version = version;
        return same;
    }
}
