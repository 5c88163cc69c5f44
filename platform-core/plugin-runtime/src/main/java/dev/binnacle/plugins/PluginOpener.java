package dev.binnacle.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/** Turns a zip into a loaded plugin, or into the reason why not. Not for use by several threads at once. */
final class PluginOpener {
    private static final System.Logger LOG = System.getLogger(PluginOpener.class.getName());

    private final Path work;
    private final Limits limits;
    private final Pf4jManager pf4j;
    private int generation;

    PluginOpener(Path work, Limits limits) {
        this.work = work;
        this.limits = limits;
        this.pf4j = new Pf4jManager(work);
    }

    /**
     * Loads the plugin in {@code zip}; starts nothing.
     *
     * @param taken ids of the plugins and extensions that are loaded already
     */
    PluginSlot open(Path zip, Set<String> taken) {
        String stamp = stampOf(zip);
        // A new folder every time: the class loader of a reloaded plugin must not see the files of the one before.
        Path place =
                work.resolve(++generation + "-" + zip.getFileName().toString().replaceFirst("\\.zip$", ""));
        PluginManifest manifest = null;
        try {
            var folder = PluginFolder.unpack(zip, place);
            manifest = PluginManifest.read(folder.path());
            check(folder, manifest, taken);
            return new PluginSlot(zip, stamp, place, manifest, load(folder, manifest), "");
        } catch (PluginRefusedException e) {
            LOG.log(Level.ERROR, "plugin refused file={0} reason={1}", zip.getFileName(), e.getMessage());
            return new PluginSlot(zip, stamp, place, manifest, null, e.getMessage());
        }
    }

    /** Forgets the plugin's classes and deletes its working copy. */
    void close(PluginSlot slot) {
        slot.plugin().ifPresent(plugin -> unload(plugin.manifest().id()));
        try {
            PluginFolder.delete(slot.folder());
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

    private static void check(PluginFolder folder, PluginManifest manifest, Set<String> taken)
            throws PluginRefusedException {
        var incompatibility = manifest.incompatibility();
        if (incompatibility.isPresent()) {
            throw new PluginRefusedException(incompatibility.get());
        }
        requireFree(manifest.id(), "plugin", taken);
        for (String id : manifest.extensions()) {
            requireFree(id, "extension", taken);
        }
        folder.requireNoSpi();
    }

    private static void requireFree(String id, String what, Set<String> taken) throws PluginRefusedException {
        if (taken.contains(id)) {
            throw new PluginRefusedException(
                    "another plugin already has the " + what + " " + id + ". Remove one of them");
        }
    }

    private LoadedPlugin load(PluginFolder folder, PluginManifest manifest) throws PluginRefusedException {
        Guard guard = null;
        try {
            pf4j.loadPlugin(folder.path());
            guard = new Guard(manifest.id(), pf4j.getPluginClassLoader(manifest.id()), limits.threads());
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
            var found = guard.call(limits.start(), Gate.OPEN, () -> ExtensionLookup.find(loader));
            ExtensionLookup.requireDeclared(manifest, found);
            return found;
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
