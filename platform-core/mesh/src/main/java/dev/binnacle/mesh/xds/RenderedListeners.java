package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Identity;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Listeners that someone still uses, by what they were rendered from. Rendering is a function of that alone, so nothing but
 * time depends on this: a changed weight need not render again what is most of a proxy's configuration. Safe for
 * concurrent use.
 */
final class RenderedListeners {
    private record Key(Identity self, String trustDomain, dev.binnacle.mesh.ir.Listener listener) {}

    private static final class Entry extends WeakReference<Listener> {
        private final Key key;

        Entry(Key key, Listener listener, ReferenceQueue<Listener> dropped) {
            super(listener, dropped);
            this.key = key;
        }
    }

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<Listener> dropped = new ReferenceQueue<>();

    Listener get(Identity self, String trustDomain, dev.binnacle.mesh.ir.Listener listener, Supplier<Listener> render) {
        forgetDropped();
        var key = new Key(self, trustDomain, listener);
        var entry = entries.get(key);
        var known = entry == null ? null : entry.get();
        if (known != null) {
            return known;
        }
        var rendered = render.get();
        entries.put(key, new Entry(key, rendered, dropped));
        return rendered;
    }

    private void forgetDropped() {
        for (Reference<? extends Listener> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            if (gone instanceof Entry entry) {
                entries.remove(entry.key, entry);
            }
        }
    }
}
