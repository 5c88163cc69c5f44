package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.plugins.supply.PluginPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One zip of the plugins' directory, and what became of it.
 *
 * @param stamp size and time of the zip when it was read, to see whether it was replaced
 * @param folder the working copy
 * @param manifest null when the zip could not be read that far
 * @param loaded null when the plugin was refused
 * @param objections why it was refused; empty when it was not
 */
record PluginSlot(
        Path zip,
        String stamp,
        Path folder,
        @Nullable PluginManifest manifest,
        @Nullable LoadedPlugin loaded,
        List<Objection> objections) {

    /** Returns the plugin's id, or the zip's name without its ending when nobody knows the id. */
    String id() {
        return manifest == null ? zip.getFileName().toString().replaceFirst("\\.zip$", "") : manifest.id();
    }

    /** Returns where the plugin's files are. */
    Path unpacked() {
        return folder.resolve(PluginPackage.UNPACKED);
    }

    PluginSlot with(LoadedPlugin plugin) {
        return new PluginSlot(zip, stamp, folder, manifest, plugin, List.of());
    }

    PluginSlot with(List<Objection> reasons) {
        return new PluginSlot(zip, stamp, folder, manifest, null, List.copyOf(reasons));
    }

    Optional<LoadedPlugin> plugin() {
        return Optional.ofNullable(loaded);
    }

    Stream<ExtensionStatus> statuses() {
        if (loaded != null) {
            return loaded.units().stream().map(ExtensionUnit::status);
        }
        String version = manifest == null ? "" : manifest.version();
        List<String> ids = manifest == null ? List.of() : manifest.extensions();
        return ids.isEmpty()
                ? Stream.of(refused(id(), "plugin", version))
                : ids.stream().map(id -> refused(id, id.replaceFirst("-.*", ""), version));
    }

    private ExtensionStatus refused(String extension, String kind, String version) {
        String reasons = objections.stream().map(Objection::toString).collect(Collectors.joining("; "));
        return new ExtensionStatus(extension, kind, id(), version, ExtensionState.FAILED, "", reasons);
    }
}
