package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Says, without a running platform, whether one would load a plugin. */
public final class PluginVerifier {
    private PluginVerifier() {}

    /**
     * Judges {@code zip} as a platform would. Only when nothing is wrong with its files are its factories made, in this JVM and as
     * guarded as a platform does it; nothing is started.
     */
    public static Verification verify(Path zip, Trust trust) throws IOException {
        return verify(zip, trust, Set.of());
    }

    /** Judges it beside plugins that have {@code taken} ids already. */
    static Verification verify(Path zip, Trust trust, Set<String> taken) throws IOException {
        Path work = Files.createTempDirectory("binnacle-verify-");
        var opener = new PluginOpener(work, Limits.DEFAULT, trust, Quarantine.none());
        try {
            var slot = opener.load(opener.inspect(zip), taken);
            slot.plugin().ifPresent(LoadedPlugin::discard);
            opener.close(slot);
            var manifest = slot.manifest();
            return new Verification(
                    slot.id(),
                    manifest == null ? "" : manifest.version(),
                    manifest == null ? List.of() : manifest.extensions(),
                    slot.objections());
        } finally {
            WorkFolder.delete(work);
        }
    }
}
