package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Lines {@code key=value} from the instance's {@code config} file and, where that says nothing, the user's.
 */
public final class Settings {
    private final Map<String, Said> values;

    private Settings(Map<String, Said> values) {
        this.values = Map.copyOf(values);
    }

    /** A value and the file that gives it. */
    public record Said(String value, Path file) {}

    /** Reads the settings of an instance; files that are not there say nothing. */
    public static Settings read(Layout layout) {
        var values = new TreeMap<String, Said>();
        for (Path file : List.of(
                layout.user().config().resolve("config"), layout.runtime().resolve("config"))) {
            load(file)
                    .forEach((key, value) ->
                            values.put(key.toString(), new Said(value.toString().strip(), file)));
        }
        return new Settings(values);
    }

    private static Properties load(Path file) {
        var properties = new Properties();
        if (!Files.isRegularFile(file)) {
            return properties;
        }
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw ProblemException.environment(
                    "cannot read the settings file " + file + ": " + e.getMessage(),
                    "It holds lines such as `engine.prometheus=3`.");
        }
    }

    /** Returns what was said about {@code key}. */
    public Optional<Said> get(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
