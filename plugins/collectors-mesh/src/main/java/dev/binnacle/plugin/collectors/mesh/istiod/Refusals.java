package dev.binnacle.plugin.collectors.mesh.istiod;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** Says once in the log what a proxy refuses, in the proxy's words: they are too many and too long for a label. */
final class Refusals {
    private static final int LONGEST = 500;

    private final System.Logger log;
    private final Map<String, String> known = new HashMap<>();

    Refusals(System.Logger log) {
        this.log = log;
    }

    /** Takes what one istiod says now. */
    void note(String istiod, Collection<ProxySync> proxies) {
        var standing = new HashSet<String>();
        for (var proxy : proxies) {
            proxy.types().forEach((type, sync) -> {
                if (sync.state() == SyncState.ERROR) {
                    String key = istiod + " " + proxy.id() + " " + type;
                    standing.add(key);
                    say(key, proxy.id(), type, sync.error());
                }
            });
        }
        known.keySet().removeIf(key -> key.startsWith(istiod + " ") && !standing.contains(key));
    }

    private void say(String key, String proxy, String type, String error) {
        if (!error.equals(known.put(key, error))) {
            String line = error.substring(0, Math.min(error.length(), LONGEST)).replaceAll("[\\p{Cntrl}\\s]+", " ");
            log.log(
                    Level.WARNING,
                    "proxy refuses its configuration proxy={0} type={1} reason={2}",
                    proxy,
                    type,
                    line.strip());
        }
    }
}
