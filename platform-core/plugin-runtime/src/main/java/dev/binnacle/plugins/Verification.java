package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import java.util.List;

/**
 * What the platform would say to a plugin's zip.
 *
 * @param plugin the plugin's id, or its file's name when it has none
 * @param version empty when unknown
 * @param extensions the ids it declares, sorted
 * @param objections every reason why it would not be loaded; empty when it would
 */
public record Verification(String plugin, String version, List<String> extensions, List<Objection> objections) {
    /** Tells whether the platform would load it. */
    public boolean loads() {
        return objections.isEmpty();
    }
}
