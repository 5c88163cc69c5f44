package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/** Turns a zip into a loaded plugin, or into the reason why not. Not for use by several threads at once. */
final class PluginOpener {
    private static final System.Logger LOG = System.getLogger(PluginOpener.class.getName());

    private final Path work;
    private final Limits limits;
    private final Trust trust;
    private final Quarantine quarantine;
    private final Pf4jManager pf4j;
    private int generation;

    PluginOpener(Path work, Limits limits, Trust trust, Quarantine quarantine) {
        this.quarantine = quarantine;
        this.work = work;
        this.limits = limits;
        this.trust = trust;
        this.pf4j = new Pf4jManager(work);
    }

    /**
     * Loads the plugin in {@code zip}; starts nothing.
     *
     * @param taken ids of the plugins and extensions that are loaded already
     */
    PluginSlot open(Path zip, Set<String> taken) {
        var slot = load(inspect(zip), taken);
        for (var objection : slot.objections()) {
            LOG.log(Level.ERROR, "plugin refused file={0} reason={1}", zip.getFileName(), objection);
        }
        return slot;
    }

    /** Unpacks and judges the plugin in {@code zip}; none of its code runs. */
    PluginSlot inspect(Path zip) {
        String stamp = stampOf(zip);
        // A new folder every time: the class loader of a reloaded plugin must not see the files of the one before.
        Path place =
                work.resolve(++generation + "-" + zip.getFileName().toString().replaceFirst("\\.zip$", ""));
        var inspection = Inspection.of(zip, place, trust);
        return new PluginSlot(zip, stamp, place, inspection.manifest(), null, inspection.objections());
    }

    /** Loads what was inspected, unless there is an objection to it. */
    PluginSlot load(PluginSlot inspected, Set<String> taken) {
        var manifest = inspected.manifest();
        var objections = new ArrayList<>(inspected.objections());
        if (manifest != null) {
            objections.addAll(takenByOthers(manifest, taken));
            quarantine.objection(manifest.id()).ifPresent(objections::add);
            if (objections.isEmpty()) {
                try {
                    return inspected.with(load(inspected.unpacked(), manifest));
                } catch (PluginRefusedException e) {
                    objections.addAll(e.objections());
                }
            }
        }
        return inspected.with(objections);
    }

    /** Forgets the plugin's classes and deletes its working copy. */
    void close(PluginSlot slot) {
        slot.plugin().ifPresent(plugin -> unload(plugin.manifest().id()));
        try {
            WorkFolder.delete(slot.folder());
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "working copy not deleted folder=" + slot.folder(), e);
        }
    }

    /** Returns what tells this version of the file from another. */
    static String stampOf(Path zip) {
        try {
            return Files.size(zip) + "@" + Files.getLastModifiedTime(zip);
        } catch (IOException e) {
            return "unreadable";
        }
    }

    private static List<Objection> takenByOthers(PluginManifest manifest, Set<String> taken) {
        return Stream.concat(Stream.of(manifest.id()), manifest.extensions().stream())
                .distinct()
                .filter(taken::contains)
                .map(id -> new Objection("", "another plugin already has the id " + id, "Remove one of them"))
                .toList();
    }

    private LoadedPlugin load(Path folder, PluginManifest manifest) throws PluginRefusedException {
        Guard guard = null;
        try {
            pf4j.loadPlugin(folder);
            guard = new Guard(
                    manifest.id(),
                    pf4j.getPluginClassLoader(manifest.id()),
                    limits.threads(),
                    quarantine.mark(manifest.id()));
            return new LoadedPlugin(manifest, contributed(guard, manifest), guard, limits);
        } catch (PluginRefusedException e) {
            abandon(guard, manifest);
            throw e;
        } catch (PluginRuntimeException | GuardException e) {
            abandon(guard, manifest);
            throw new PluginRefusedException("cannot be loaded: it " + Guarded.describe(e), e);
        }
    }

    private List<FoundExtension> contributed(Guard guard, PluginManifest manifest)
            throws PluginRefusedException, GuardException {
        var loader = pf4j.getPluginClassLoader(manifest.id());
        try {
            return guard.call(limits.start(), Gate.OPEN, () -> ExtensionLookup.find(loader, manifest));
        } catch (PluginRefusedException | GuardException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GuardException("was interrupted while it was loaded", e);
        } catch (Exception e) {
            throw new GuardException(Guarded.describe(e), e);
        }
    }

    private void abandon(@Nullable Guard guard, PluginManifest manifest) {
        if (guard != null) {
            guard.close();
        }
        unload(manifest.id());
    }

    private void unload(String pluginId) {
        try {
            pf4j.unloadPlugin(pluginId);
        } catch (PluginRuntimeException e) {
            LOG.log(Level.WARNING, "plugin not unloaded cleanly id=" + pluginId, e);
        }
    }
}
