package dev.binnacle.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps facts in the place of resources, which are many times as large; to its informer it shows their names only. */
final class FactStore<T extends HasMetadata, F> implements ItemStore<T> {
    private record Entry<T, F>(T name, F facts) {}

    private final Kind<T, F> kind;
    private final Consumer<F> seen;
    private final Map<String, Entry<T, F>> entries = new ConcurrentHashMap<>();

    FactStore(Kind<T, F> kind, Consumer<F> seen) {
        this.kind = kind;
        this.seen = seen;
    }

    Collection<F> facts() {
        return entries.values().stream().map(Entry::facts).toList();
    }

    /** Returns the facts about what is not in {@code newer}. */
    Collection<F> missingIn(FactStore<T, F> newer) {
        return entries.entrySet().stream()
                .filter(entry -> !newer.entries.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().facts())
                .toList();
    }

    @Override
    public String getKey(T resource) {
        return Cache.metaNamespaceKeyFunc(resource);
    }

    @Override
    public @Nullable T put(String key, T resource) {
        F facts = kind.read(resource);
        var before = entries.put(key, new Entry<>(nameOf(resource), facts));
        seen.accept(facts);
        return before == null ? null : before.name();
    }

    @Override
    public @Nullable T remove(String key) {
        var before = entries.remove(key);
        if (before == null) {
            return null;
        }
        kind.gone(before.facts());
        return before.name();
    }

    @Override
    public Stream<String> keySet() {
        return entries.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return entries.values().stream().map(Entry::name);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public @Nullable T get(String key) {
        var entry = entries.get(key);
        return entry == null ? null : entry.name();
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private T nameOf(T resource) {
        var from = resource.getMetadata();
        T name = kind.empty();
        name.setMetadata(new ObjectMetaBuilder()
                .withNamespace(from.getNamespace())
                .withName(from.getName())
                .withResourceVersion(from.getResourceVersion())
                .build());
        return name;
    }
}
