package dev.binnacle.mesh.ir;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Values by what they were made from. Each translation of a changing mesh has its own: it takes over what it needs of the one
 * before, and forgets the rest.
 *
 * <p>Not thread-safe until complete; from then on it does not change, and any number may follow it.
 */
public final class Carried {
    /** What a value was made from: equal keys stand for equal values. */
    public interface Key<V> {}

    private final Map<Key<?>, Object> values = new HashMap<>();
    private Map<Key<?>, Object> before;

    /** Begins with nothing. */
    public Carried() {
        this(Map.of());
    }

    private Carried(Map<Key<?>, Object> before) {
        this.before = before;
    }

    /** Returns what an equal {@code key} stands for, else what {@code make} returns. */
    @SuppressWarnings("unchecked")
    public <V> V get(Key<V> key, Supplier<V> make) {
        var known = (V) values.get(key);
        if (known == null) {
            known = (V) before.get(key);
            known = known == null ? make.get() : known;
            values.put(key, known);
        }
        return known;
    }

    /** Forgets what was not needed. */
    public void complete() {
        before = Map.of();
    }

    /** Returns those of the next translation. */
    public Carried next() {
        return new Carried(values);
    }
}
