package dev.binnacle.prometheus.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads Prometheus' configuration file: {@code global}, {@code scrape_configs} and {@code remote_write}. Files that it names are
 * looked for beside it.
 */
public final class ConfigFile {
    private final String name;
    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems;

    private ConfigFile(String name, Path folder, Map<String, String> environment) {
        this.name = name;
        this.folder = folder;
        this.environment = environment;
        this.problems = new Problems(name);
    }

    /**
     * Returns what {@code file} says.
     *
     * @param environment what <code>${NAME}</code> in external labels stands for
     * @throws InvalidFileException with everything that is wrong or not supported
     * @throws IOException when it cannot be read
     */
    public static PrometheusConfig read(Path file, Map<String, String> environment)
            throws IOException, InvalidFileException {
        Path folder = file.toAbsolutePath().getParent();
        return read(file.toString(), Files.readString(file), folder == null ? Path.of("/") : folder, environment);
    }

    /** Returns what {@code text} says, as if it stood in a file of this name. */
    public static PrometheusConfig read(String name, String text, Path folder, Map<String, String> environment)
            throws InvalidFileException {
        return new ConfigFile(name, folder, environment).read(text);
    }

    private PrometheusConfig read(String text) throws InvalidFileException {
        var file = Document.read(name, text, problems);
        var global = new GlobalReader(environment).read(file.section("global"));
        var http = new HttpReader(folder);
        var scrapes = new ScrapeReader(http, folder, global);
        var config = new PrometheusConfig(
                global.externalLabels(),
                file.sections("scrape_configs").stream().map(scrapes::read).toList(),
                file.sections("remote_write").stream()
                        .map(section -> RemoteWriteReader.read(section, http))
                        .toList());
        requireDistinctJobs(config.scrapeConfigs(), file);
        file.end();
        problems.throwIfAny();
        return config;
    }

    private static void requireDistinctJobs(List<ScrapeConfig> configs, Section file) {
        var names = new HashSet<String>();
        for (var config : configs) {
            if (!names.add(config.jobName())) {
                file.problem("scrape_configs", "two jobs are called '" + config.jobName() + "'");
            }
        }
    }
}
