package dev.binnacle.xds;

import com.google.protobuf.Message;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one type that a proxy should have. Proxies that are told the same share one set, and what has not
 * changed between two publications stays the same, so that most questions are answered at a glance.
 *
 * <p>Thread-safe.
 */
final class ResourceSet {
    static final ResourceSet EMPTY = new ResourceSet(Map.of());
    private static final int REMEMBERED = 4;

    private final Map<String, VersionedResource> byName;
    private final Map<XdsType, Set<String>> references;
    private final Deque<Since> known = new ArrayDeque<>();
    private volatile @Nullable String version;

    /** What changed since an earlier set: many proxies go from the same one to the same other. */
    private record Since(WeakReference<ResourceSet> earlier, Changes changes) {}

    private ResourceSet(Map<String, VersionedResource> byName) {
        this.byName = byName;
        this.references = references(byName.values(), Set.of());
    }

    /** Takes the messages of a set, one by one. */
    static final class Builder {
        private final XdsType type;
        private final ResourceSet previous;
        private final Map<Message, VersionedResource> shared;
        private Map<String, VersionedResource> all = new LinkedHashMap<>();
        private String last = "";
        private boolean sorted = true;
        private boolean changed;

        private Builder(XdsType type, ResourceSet previous, Map<Message, VersionedResource> shared) {
            this.type = type;
            this.previous = previous;
            this.shared = shared;
        }

        void add(String name, Message message) {
            var known = previous.byName.get(name);
            var resource = resource(name, message, known);
            changed |= !resource.equals(known);
            sorted &= last.compareTo(name) <= 0;
            last = name;
            if (all.put(name, resource) != null) {
                throw new IllegalArgumentException("two " + type.plural() + " are named " + name);
            }
        }

        private VersionedResource resource(String name, Message message, @Nullable VersionedResource known) {
            if (known != null && known.is(type, name, message)) {
                return known;
            }
            var made = shared.get(message);
            if (made == null || !made.is(type, name, message)) {
                made = VersionedResource.of(type, name, message, known);
                shared.put(message, made);
            }
            return made;
        }

        private ResourceSet build() {
            if (!changed && all.size() == previous.byName.size()) {
                return previous;
            }
            return new ResourceSet(Collections.unmodifiableMap(sorted ? all : new LinkedHashMap<>(new TreeMap<>(all))));
        }
    }

    /**
     * Returns the set that {@code filling} makes, {@code previous} itself when it is equal.
     *
     * <p>What has the same bytes in {@code previous} is taken from there, so that only changes are hashed.
     *
     * @param shared what other sets made of the very same messages, by identity; added to
     */
    static ResourceSet of(
            XdsType type, ResourceSet previous, Map<Message, VersionedResource> shared, Consumer<Builder> filling) {
        var builder = new Builder(type, previous, shared);
        filling.accept(builder);
        return builder.build();
    }

    private static Map<XdsType, Set<String>> references(
            Collection<VersionedResource> resources, Collection<String> except) {
        var names = new EnumMap<XdsType, Set<String>>(XdsType.class);
        for (var resource : resources) {
            if (!except.contains(resource.name())) {
                for (var id : resource.references()) {
                    names.computeIfAbsent(id.type(), type -> new HashSet<>()).add(id.name());
                }
            }
        }
        return names;
    }

    /** Returns the resources in the order of their names. */
    Collection<VersionedResource> all() {
        return byName.values();
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
            known = VersionedResource.versionOf(byName.values());
            version = known;
        }
        return known;
    }

    /** Returns the names of {@code type} that these resources lead to, without what those of {@code except} lead to. */
    Set<String> references(XdsType type, Collection<String> except) {
        var names = except.isEmpty() ? references : references(byName.values(), except);
        return names.getOrDefault(type, Set.of());
    }

    /** Returns what differs between {@code earlier} and this, removed resources included. */
    @SuppressWarnings("ReferenceEquality")
    Changes since(ResourceSet earlier) {
        if (earlier == this) {
            return Changes.NONE;
        }
        synchronized (known) {
            for (var since : known) {
                if (since.earlier().refersTo(earlier)) {
                    return since.changes();
                }
            }
            var changes = compare(earlier);
            known.addFirst(new Since(new WeakReference<>(earlier), changes));
            if (known.size() > REMEMBERED) {
                known.removeLast();
            }
            return changes;
        }
    }

    private Changes compare(ResourceSet earlier) {
        var versions = new TreeMap<String, String>();
        for (var resource : byName.values()) {
            var before = earlier.byName.get(resource.name());
            if (!resource.equals(before)) {
                versions.put(resource.name(), resource.version());
            }
        }
        for (String name : earlier.byName.keySet()) {
            if (!byName.containsKey(name)) {
                versions.put(name, Subscription.ABSENT);
            }
        }
        return new Changes(this, versions);
    }
}
