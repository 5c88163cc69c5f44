package dev.binnacle.prometheus.config;

/**
 * One thing wrong in a configuration file.
 *
 * @param line counted from 1; 0 for the file as a whole
 * @param path the keys that lead there, such as {@code scrape_configs[0].scheme}
 */
public record FileProblem(String file, int line, String path, String message) {
    /** Returns {@code file:line: path: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
