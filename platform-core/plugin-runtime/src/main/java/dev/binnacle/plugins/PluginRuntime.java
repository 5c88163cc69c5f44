package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Trust;
import dev.binnacle.spi.ExtensionKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the plugins whose zips lie in one directory.
 *
 * <p>A plugin that is broken, throws or hangs is reported by name and reason, and disturbs no other. The zips are
 * copied before use, so they may be replaced at any time; {@link #refresh} then picks up the change.
 *
 * <p>Loading and unloading take place one after the other; all other methods may be called at any time by any thread.
 */
public final class PluginRuntime implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PluginRuntime.class.getName());

    /** Exporters before collectors: what the first run finds needs somewhere to go. */
    private static final List<ExtensionKind> START_ORDER =
            List.of(ExtensionKind.EXPORTER, ExtensionKind.GENERATOR, ExtensionKind.COLLECTOR);

    private final Path directory;
    private final PluginHost host;
    private final ExtensionListener listener;
    private final PluginOpener opener;
    private volatile List<PluginSlot> slots = List.of();

    /**
     * Makes a runtime that has loaded nothing yet.
     *
     * @param directory where the zips are; may be missing, which is the same as empty
     * @param work an own folder for unpacked copies; its content is deleted
     * @param trust whose plugins are loaded
     * @throws UncheckedIOException when {@code work} cannot be written
     */
    public PluginRuntime(
            Path directory, Path work, Limits limits, Trust trust, PluginHost host, ExtensionListener listener) {
        this.directory = directory;

        this.host = host;
        this.listener = listener;
        empty(work);
        this.opener = new PluginOpener(work, limits, trust);
        startTimerOfTheJdk();
    }

    /** Loads new zips, reloads those that were replaced, and unloads those that are gone. */
    public synchronized void refresh() {
        reload(slot -> !slot.stamp().equals(PluginOpener.stampOf(slot.zip())));
    }

    /** Reloads every plugin, as {@link #refresh} does with one that was replaced. */
    public synchronized void reloadAll() {
        reload(slot -> true);
    }

    /**
     * Reloads one plugin.
     *
     * @param pluginId the plugin's id, or its file's name without {@code .zip} when it could not be read
     * @return false when there is no such plugin
     */
    public synchronized boolean reload(String pluginId) {
        if (slots.stream().noneMatch(slot -> slot.id().equals(pluginId))) {
            return false;
        }
        reload(slot -> slot.id().equals(pluginId));
        return true;
    }

    /** Returns the state of every extension, sorted by id, then plugin. */
    public List<ExtensionStatus> statuses() {
        return slots.stream()
                .flatMap(PluginSlot::statuses)
                .sorted(Comparator.comparing(ExtensionStatus::id).thenComparing(ExtensionStatus::plugin))
                .toList();
    }

    /** Returns the ids of the extensions that serve a page, sorted. */
    public List<String> pages() {
        return plugins()
                .flatMap(plugin -> plugin.units().stream())
                .filter(unit -> unit.endpoint() != null)
                .map(ExtensionUnit::id)
                .sorted()
                .toList();
    }

    /**
     * Returns the page that an extension serves; empty when it serves none.
     *
     * @throws IOException when the extension could not write it; the message is the reason
     */
    public Optional<Page> page(String extensionId) throws IOException, InterruptedException {
        for (var plugin : plugins().toList()) {
            try {
                var page = plugin.page(extensionId);
                if (page.isPresent()) {
                    return page;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(extensionId + " " + Guarded.describe(e), e);
            }
        }
        return Optional.empty();
    }

    /** Returns, for each loaded plugin, how many of its calls still run although nobody waits for them. */
    public Map<String, Integer> abandonedCalls() {
        return plugins()
                .collect(Collectors.toMap(
                        plugin -> plugin.manifest().id(), LoadedPlugin::abandonedCalls, Integer::sum, TreeMap::new));
    }

    /** Stops and unloads everything. Safe to call twice. */
    @Override
    public synchronized void close() {
        slots.reversed().forEach(this::unload);
        slots = List.of();
    }

    private void reload(Predicate<PluginSlot> stale) {
        var zips = zips();
        for (var slot : slots.reversed()) {
            if (stale.test(slot) || !zips.contains(slot.zip())) {
                unload(slot);
                slots = slots.stream().filter(other -> !other.equals(slot)).toList();
            }
        }
        var opened = new ArrayList<LoadedPlugin>();
        for (Path zip : zips) {
            if (slots.stream().noneMatch(slot -> slot.zip().equals(zip))) {
                open(zip).plugin().ifPresent(opened::add);
            }
        }
        for (var kind : START_ORDER) {
            opened.forEach(plugin -> plugin.start(kind, host, listener));
        }
        opened.forEach(plugin -> LOG.log(
                Level.INFO,
                "plugin loaded id={0} version={1}",
                plugin.manifest().id(),
                plugin.manifest().version()));
    }

    private PluginSlot open(Path zip) {
        var slot = opener.open(zip, taken());
        var all = new ArrayList<>(slots);
        all.add(slot);
        all.sort(Comparator.comparing(PluginSlot::zip));
        slots = List.copyOf(all);
        return slot;
    }

    private void unload(PluginSlot slot) {
        slot.plugin().ifPresent(plugin -> {
            var problems = plugin.stop(listener);
            LOG.log(Level.INFO, "plugin unloaded id={0} problems={1}", slot.id(), problems);
        });
        opener.close(slot);
    }

    private Set<String> taken() {
        var taken = new HashSet<String>();
        plugins().forEach(plugin -> {
            taken.add(plugin.manifest().id());
            taken.addAll(plugin.manifest().extensions());
        });
        return taken;
    }

    /** Returns the plugins whose classes are loaded now. */
    Stream<LoadedPlugin> plugins() {
        return slots.stream().flatMap(slot -> slot.plugin().stream());
    }

    private List<Path> zips() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".zip") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the plugins' directory cannot be read: " + directory, e);
        }
    }

    /**
     * Has the JDK start the thread behind {@link CompletableFuture#orTimeout} now: begun by a plugin's first use, it would keep the
     * plugin's class loader as its context for good.
     */
    private static void startTimerOfTheJdk() {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, 1, TimeUnit.NANOSECONDS)
                .join();
    }

    private static void empty(Path work) {
        try {
            WorkFolder.delete(work);
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugins' working folder cannot be written: " + work, e);
        }
    }
}
