package dev.binnacle.mesh.ir;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Values that someone still uses, by what they were made from. Making is a function of that alone, so nothing but time
 * depends on this: a changed weight need not make again what is most of a proxy's configuration, and who gets the very
 * same value again need not look into it. Safe for concurrent use.
 */
public final class Kept<V> {
    private static final class Entry<V> extends WeakReference<V> {
        private final Object key;

        Entry(Object key, V value, ReferenceQueue<V> dropped) {
            super(value, dropped);
            this.key = key;
        }
    }

    private final Map<Object, Entry<V>> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<V> dropped = new ReferenceQueue<>();

    /** Returns what was made from an equal {@code key}, else what {@code make} returns. */
    public V get(Object key, Supplier<V> make) {
        forgetDropped();
        var entry = entries.get(key);
        var known = entry == null ? null : entry.get();
        if (known != null) {
            return known;
        }
        var made = make.get();
        entries.put(key, new Entry<>(key, made, dropped));
        return made;
    }

    private void forgetDropped() {
        for (Reference<? extends V> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            if (gone instanceof Entry<?> entry) {
                entries.remove(entry.key, entry);
            }
        }
    }
}
