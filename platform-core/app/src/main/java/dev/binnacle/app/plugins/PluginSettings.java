package dev.binnacle.app.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What users wrote for extensions: in the configuration, and over it what the API was given, which outlives restarts.
 *
 * @param configured by extension and key
 * @param folder one file per extension that the API was given settings for; readable to nobody else, as they may be secret
 */
record PluginSettings(Map<String, Map<String, String>> configured, Path folder) {
    /** Returns the settings of an extension. */
    Map<String, String> of(String extension) {
        return with(extension, given(extension));
    }

    /** Returns what the API was given for an extension. */
    Map<String, String> given(String extension) {
        Path file = file(extension);
        if (!Files.exists(file)) {
            return Map.of();
        }
        var given = new Properties();
        try (var text = Files.newBufferedReader(file)) {
            given.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the settings of " + extension + " cannot be read", e);
        }
        var settings = new HashMap<String, String>();
        given.forEach((key, value) -> settings.put(key.toString(), value.toString()));
        return settings;
    }

    /** Returns what an extension would have after {@link #give}. */
    Map<String, String> with(String extension, Map<String, String> given) {
        var settings = new HashMap<>(configured.getOrDefault(extension, Map.of()));
        settings.putAll(given);
        return settings;
    }

    /** Keeps what the API was given for an extension, in the place of what it was given before; nothing takes that back. */
    void give(String extension, Map<String, String> given) throws IOException {
        if (given.isEmpty()) {
            Files.deleteIfExists(file(extension));
            return;
        }
        Files.createDirectories(folder);
        var all = new Properties();
        all.putAll(given);
        Path fresh = Files.createTempFile(
                folder,
                ".new-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var text = Files.newBufferedWriter(fresh)) {
            all.store(text, null);
        }
        Files.move(fresh, file(extension), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String extension) {
        return folder.resolve(extension + ".properties");
    }
}
