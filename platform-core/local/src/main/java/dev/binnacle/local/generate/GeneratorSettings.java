package dev.binnacle.local.generate;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the user wrote for generators: lines {@code generator-slo.KEY=VALUE} of a file, and such words of the command line. */
public final class GeneratorSettings {
    private GeneratorSettings() {}

    /**
     * Returns the settings by generator.
     *
     * @param file is read when it is there
     * @param words say more than the file
     */
    public static Map<String, Map<String, String>> of(Path file, List<String> words) {
        var settings = new TreeMap<String, Map<String, String>>();
        load(file).forEach((key, value) -> put(settings, key.toString(), value.toString(), file.toString()));
        for (String word : words) {
            int at = word.indexOf('=');
            if (at < 0) {
                throw wrong("--set " + word);
            }
            put(settings, word.substring(0, at), word.substring(at + 1), "--set");
        }
        return settings;
    }

    private static void put(Map<String, Map<String, String>> settings, String key, String value, String where) {
        int at = key.indexOf('.');
        if (at < 1) {
            throw wrong(where + ": " + key);
        }
        settings.computeIfAbsent(key.substring(0, at), id -> new TreeMap<>()).put(key.substring(at + 1), value.strip());
    }

    private static ProblemException wrong(String what) {
        return ProblemException.usage(
                what + " names no generator's setting", "Write generator-prometheus.scrape-interval=15s.");
    }

    private static Properties load(Path file) {
        var properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw ProblemException.no(file + " cannot be read: " + e.getMessage(), "It holds lines KEY=VALUE.");
            }
        }
        return properties;
    }
}
