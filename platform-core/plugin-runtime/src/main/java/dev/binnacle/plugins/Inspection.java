package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.plugins.supply.PluginPackage;
import dev.binnacle.plugins.supply.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a plugin before any of its code runs.
 *
 * @param manifest null when it could not be read
 * @param objections every reason why it must not be loaded
 */
record Inspection(Path folder, @Nullable PluginManifest manifest, List<Objection> objections) {
    static Inspection of(Path zip, Path place, Trust trust) {
        var opened = PluginPackage.open(zip, place, trust);
        var objections = new ArrayList<>(opened.objections());
        PluginManifest manifest = null;
        try {
            manifest = PluginManifest.read(opened.folder());
            objections.addAll(manifest.incompatibility());
        } catch (InvalidManifestException e) {
            // A zip that could not be unpacked has been objected to already.
            if (objections.isEmpty() || opened.folder().toFile().isDirectory()) {
                objections.addAll(e.objections());
            }
        }
        return new Inspection(opened.folder(), manifest, List.copyOf(objections));
    }
}
