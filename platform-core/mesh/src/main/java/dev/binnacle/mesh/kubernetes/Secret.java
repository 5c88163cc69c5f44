package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Hidden;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values that nobody but whom they are for may see.
 *
 * @param type for example {@code kubernetes.io/tls}
 * @param data by key
 */
public record Secret(ResourceRef ref, Origin origin, String type, SortedMap<String, Value> data) implements Resource {
    /** A value, and where it is written. */
    public record Value(Hidden bytes, Place place) {}

    public Secret(ResourceRef ref, Origin origin, String type, Map<String, Value> data) {
        this(ref, origin, type, Collections.unmodifiableSortedMap(new TreeMap<>(data)));
    }

    /** Returns what is under a key, and not empty. */
    public Optional<Value> get(String key) {
        return Optional.ofNullable(data.get(key)).filter(value -> value.bytes().length() > 0);
    }
}
