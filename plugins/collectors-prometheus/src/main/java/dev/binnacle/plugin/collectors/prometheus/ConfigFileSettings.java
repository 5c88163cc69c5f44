package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.prometheus.config.FileProblem;
import dev.binnacle.prometheus.config.InvalidFileException;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The settings that collectors with a configuration file share. */
final class ConfigFileSettings {
    static final ConfigKey<List<String>> ALLOWED = new ConfigKey<>(
            "allowed-addresses",
            ValueType.LIST,
            "",
            "Link-local and metadata addresses that may be connected to all the same: addresses, or networks such as"
                    + " 169.254.20.0/24");

    private static final String FILE = "config-file";

    /** Reads a file of one kind. */
    interface FileReader<T> {
        T read(Path file) throws IOException, InvalidFileException;
    }

    private ConfigFileSettings() {}

    /** Returns what {@code reader} makes of the file; whatever is wrong with it is a problem of the setting {@code config-file}. */
    static <T> T read(String file, FileReader<T> reader) throws InvalidConfigException {
        try {
            return reader.read(Path.of(file));
        } catch (InvalidFileException e) {
            throw new InvalidConfigException(
                    e.problems().stream().map(ConfigFileSettings::problem).toList());
        } catch (IOException e) {
            throw problem(FILE, "the file cannot be read: " + e, "Name a file that is there");
        }
    }

    static AddressRule addresses(Settings settings) throws InvalidConfigException {
        try {
            return new AddressRule(settings.get(ALLOWED));
        } catch (IllegalArgumentException e) {
            throw problem(ALLOWED.name(), String.valueOf(e.getMessage()), "Write addresses or networks");
        }
    }

    private static ConfigProblem problem(FileProblem problem) {
        return new ConfigProblem(FILE, problem.toString(), "Change the file");
    }

    private static InvalidConfigException problem(String key, String message, String fix) {
        return new InvalidConfigException(List.of(new ConfigProblem(key, message, fix)));
    }
}
