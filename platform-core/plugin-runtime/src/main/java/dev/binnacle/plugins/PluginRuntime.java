package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Trust;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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

    private final PluginStore store;
    private final Trust trust;
    private final PluginHost host;
    private final ExtensionListener listener;
    private final PluginOpener opener;
    private final Supervision supervision;
    private final Departed departed = new Departed();
    private final Quarantine quarantine;
    private final PluginSlots slots = new PluginSlots();

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
        this.store = new PluginStore(directory);
        this.trust = trust;
        this.host = host;
        this.listener = listener;
        empty(work);
        this.supervision = new Supervision(host, listener);
        this.quarantine = Quarantine.open(stateOf(work));
        this.opener = new PluginOpener(work, limits, trust, quarantine);
        startTimerOfTheJdk();
    }

    /** Returns the folder, beside {@code work}, of what has to outlive this process: who was being called when it ended. */
    public static Path stateOf(Path work) {
        return work.resolveSibling(work.getFileName() + ".state");
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
        var slot = slots.of(pluginId);
        if (slot.isEmpty()) {
            return false;
        }
        quarantine.lift(pluginId);
        slot.ifPresent(supervision::forget);
        reload(each -> each.id().equals(pluginId));
        return true;
    }

    /**
     * Puts a plugin's zip beside the others, or in the place of the one with the same id, which is closed for it.
     *
     * <p>A zip that would not load changes nothing.
     *
     * @return what is wrong with it; without objections it is loaded now
     * @throws IOException when the plugins' directory cannot be written
     */
    public synchronized Verification install(Path zip) throws IOException {
        var verification = PluginVerifier.verify(zip, trust);
        String id = verification.plugin();
        var others = slots.taken(slot -> !slot.id().equals(id));
        if (verification.loads()) {
            verification = PluginVerifier.verify(zip, trust, others);
        }
        if (verification.loads()) {
            quarantine.lift(id);
            store.put(
                    zip, slots.of(id).map(PluginSlot::zip).orElse(store.folder().resolve(id + ".zip")));
            reload(slot -> slot.id().equals(id));
        }
        return verification;
    }

    /**
     * Unloads a plugin and deletes its zip.
     *
     * @return false when there is no such plugin
     * @throws IOException when its zip cannot be deleted
     */
    public synchronized boolean remove(String pluginId) throws IOException {
        var slot = slots.of(pluginId);
        if (slot.isEmpty()) {
            return false;
        }
        store.remove(slot.get().zip());
        quarantine.lift(pluginId);
        refresh();
        return true;
    }

    /**
     * Closes an extension and makes it anew with the settings that it has now.
     *
     * @return false when there is no such extension
     */
    public synchronized boolean restart(String extensionId) {
        for (var plugin : slots.plugins().toList()) {
            for (var life : plugin.lives()) {
                if (life.unit().id().equals(extensionId)) {
                    life.stop(listener);
                    life.start(host, listener);
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns how a loaded extension introduces itself; empty when there is none with this id. */
    public Optional<ExtensionDescriptor> descriptor(String extensionId) {
        return slots.units()
                .filter(unit -> unit.id().equals(extensionId))
                .map(ExtensionUnit::descriptor)
                .findFirst();
    }

    /** Returns what is wrong with settings for an extension; empty when there is no such extension. */
    public Optional<List<ConfigProblem>> problems(String extensionId, Map<String, String> settings) {
        return descriptor(extensionId).map(descriptor -> {
            try {
                Settings.bind(descriptor.settings(), settings);
                return List.of();
            } catch (InvalidConfigException e) {
                return e.problems();
            }
        });
    }

    /** Starts again what failed and whose pause is over, and looks what unloaded plugins left behind. Call it about every second. */
    public synchronized void supervise() {
        departed.look(host.clock().instant());
        var hung = supervision.tend(slots.plugins().toList());
        if (!hung.isEmpty()) {
            reload(slot -> hung.contains(slot.id()));
        }
    }

    /** Returns what unloaded plugins left behind, as the last {@link #supervise} saw it. */
    public List<Leak> leaks() {
        return departed.leaks();
    }

    /** Returns how many class loaders of unloaded plugins are in memory still; some wait only for the next collection. */
    public int oldLoaders() {
        return departed.loaders();
    }

    /** Returns how often something of each plugin was started again. */
    public Map<String, Long> restarts() {
        return supervision.counts();
    }

    /** Returns the state of every extension, sorted by id, then plugin. */
    public List<ExtensionStatus> statuses() {
        return slots.statuses();
    }

    /** Returns the ids of the extensions that serve a page, sorted. */
    public List<String> pages() {
        return slots.units()
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
        return slots.page(extensionId);
    }

    /** Returns, for each loaded plugin, how many of its calls still run although nobody waits for them. */
    public Map<String, Integer> abandonedCalls() {
        return slots.abandonedCalls();
    }

    /** Stops and unloads everything. Safe to call twice. */
    @Override
    public synchronized void close() {
        slots.all().reversed().forEach(this::unload);
    }

    private void reload(Predicate<PluginSlot> stale) {
        var zips = store.zips();
        for (var slot : slots.all().reversed()) {
            if (stale.test(slot) || !zips.contains(slot.zip())) {
                unload(slot);
            }
        }
        var opened = new ArrayList<LoadedPlugin>();
        for (Path zip : zips) {
            if (slots.all().stream().noneMatch(slot -> slot.zip().equals(zip))) {
                var slot = opener.open(zip, slots.taken(any -> true));
                slots.add(slot);
                slot.plugin().ifPresent(opened::add);
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

    private void unload(PluginSlot slot) {
        slot.plugin().ifPresent(plugin -> {
            var problems = plugin.stop(listener);
            departed.add(plugin, host.clock().instant());
            LOG.log(Level.INFO, "plugin unloaded id={0} problems={1}", slot.id(), problems);
        });
        opener.close(slot);
        slots.remove(slot);
    }

    /** Returns the plugins whose classes are loaded now. */
    Stream<LoadedPlugin> plugins() {
        return slots.plugins();
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
