package dev.binnacle.plugins;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Looks after running plugins: starts again what failed, and says which plugin is better loaded anew. */
final class Supervision {
    private static final System.Logger LOG = System.getLogger(Supervision.class.getName());

    /** A plugin whose calls never return leaves threads behind with every reload. */
    private static final int MOST_RELOADS = 3;

    private final PluginHost host;
    private final ExtensionListener listener;
    private final Restarts restarts;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    Supervision(PluginHost host, ExtensionListener listener) {
        this.host = host;
        this.listener = listener;
        this.restarts = new Restarts(host.random());
    }

    /** Starts again what is due, and returns the ids of the plugins that hang and have to be loaded anew. */
    Set<String> tend(List<LoadedPlugin> plugins) {
        var hung = new HashSet<String>();
        var now = host.clock().instant();
        for (var plugin : plugins) {
            for (var life : plugin.lives()) {
                if (!life.unit().mayRecover()) {
                    restarts.runs(life.unit().id(), now);
                } else if (plugin.guard().abandonedCalls() > 0) {
                    tendHung(plugin, life.unit(), now, hung);
                } else if (restarts.isDue(life.unit().id(), now)) {
                    restart(plugin, life);
                }
            }
        }
        return hung;
    }

    /** An operator has it tried again: the next failure is the first one. */
    void forget(PluginSlot slot) {
        slot.plugin().ifPresent(plugin -> plugin.units().forEach(unit -> restarts.forget(unit.id())));
    }

    /** Returns how often something of each plugin was started again. */
    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    // One that spins would take a further core with every reload: it stays as it is, and has one.
    private void tendHung(LoadedPlugin plugin, ExtensionUnit unit, Instant now, Set<String> hung) {
        if (!plugin.guard().spins() && restarts.failures(unit.id()) <= MOST_RELOADS && restarts.isDue(unit.id(), now)) {
            count(plugin, unit);
            hung.add(plugin.manifest().id());
        }
    }

    private void restart(LoadedPlugin plugin, ExtensionLife life) {
        count(plugin, life.unit());
        life.stop(listener);
        life.start(host, listener);
    }

    private void count(LoadedPlugin plugin, ExtensionUnit unit) {
        String id = plugin.manifest().id();
        counts.merge(id, 1L, Long::sum);
        LOG.log(
                Level.WARNING,
                "extension started again id={0} plugin={1} failures={2} reason={3}",
                unit.id(),
                id,
                restarts.failures(unit.id()),
                unit.status().reason());
    }
}
