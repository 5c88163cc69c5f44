package dev.binnacle.mesh.xds;

import com.google.protobuf.Message;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Messages that someone still uses, by what they were rendered from. Rendering is a function of that alone, so nothing but
 * time depends on this: a changed weight need not render again what is most of a proxy's configuration, and who gets the
 * very same message again need not look into it. Safe for concurrent use.
 */
final class Rendered<M extends Message> {
    private static final class Entry<M> extends WeakReference<M> {
        private final Object key;

        Entry(Object key, M message, ReferenceQueue<M> dropped) {
            super(message, dropped);
            this.key = key;
        }
    }

    private final Map<Object, Entry<M>> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<M> dropped = new ReferenceQueue<>();

    /** Returns what was rendered from an equal {@code key}, else what {@code render} makes. */
    M get(Object key, Supplier<M> render) {
        forgetDropped();
        var entry = entries.get(key);
        var known = entry == null ? null : entry.get();
        if (known != null) {
            return known;
        }
        var rendered = render.get();
        entries.put(key, new Entry<>(key, rendered, dropped));
        return rendered;
    }

    private void forgetDropped() {
        for (Reference<? extends M> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            if (gone instanceof Entry<?> entry) {
                entries.remove(entry.key, entry);
            }
        }
    }
}
