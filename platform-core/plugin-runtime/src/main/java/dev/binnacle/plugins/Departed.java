package dev.binnacle.plugins;

import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Unloaded plugins whose classes are still in memory, and what keeps them there. Used by several threads. */
final class Departed {
    private static final System.Logger LOG = System.getLogger(Departed.class.getName());

    /** Threads that were told to end need a moment. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final class Plugin {
        final PluginManifest manifest;
        final WeakReference<ClassLoader> loader;
        final Instant since;
        List<Leak> leaks = List.of();

        Plugin(LoadedPlugin plugin, Instant since) {
            this.manifest = plugin.manifest();
            this.loader = new WeakReference<>(plugin.loader());
            this.since = since;
        }
    }

    private final List<Plugin> plugins = new ArrayList<>();

    synchronized void add(LoadedPlugin plugin, Instant now) {
        plugins.add(new Plugin(plugin, now));
    }

    /** Forgets those whose classes are gone, and looks what holds the others; says it once. */
    synchronized void look(Instant now) {
        plugins.removeIf(plugin -> plugin.loader.refersTo(null));
        for (var plugin : plugins) {
            var loader = plugin.loader.get();
            if (loader != null && plugin.since.plus(GRACE).isBefore(now)) {
                var leaks = LeakFinder.find(plugin.manifest, loader);
                leaks.stream().filter(leak -> !plugin.leaks.contains(leak)).forEach(Departed::report);
                plugin.leaks = leaks;
            }
        }
    }

    /** Returns what unloaded plugins left behind, in the order of their unloading. */
    synchronized List<Leak> leaks() {
        return plugins.stream().flatMap(plugin -> plugin.leaks.stream()).toList();
    }

    /** Returns how many class loaders of unloaded plugins have not been collected; some wait only for the next collection. */
    synchronized int loaders() {
        return (int)
                plugins.stream().filter(plugin -> !plugin.loader.refersTo(null)).count();
    }

    private static void report(Leak leak) {
        LOG.log(
                Level.WARNING,
                "plugin leaked plugin={0} version={1} what={2} name={3}",
                leak.plugin(),
                leak.version(),
                leak.what(),
                leak.name());
    }
}
