package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The clone's configuration of Prometheus or Alertmanager, made to fit one instance: the usual local addresses become this
 * instance's, and relative files are found from anywhere.
 */
final class PrometheusConfig {
    private PrometheusConfig() {}

    /**
     * Returns the configuration as this instance needs it.
     *
     * @param file the clone's configuration
     * @param addresses usual address to this instance's, {@code 127.0.0.1:8080} to {@code 127.0.0.1:8083}
     */
    static String adapted(Path file, Map<String, String> addresses) throws IOException {
        try {
            Object tree = loader().load(Files.readString(file));
            if (!(tree instanceof Map<?, ?> top)) {
                throw new YAMLException("the top level is not a mapping");
            }
            var result = new LinkedHashMap<String, Object>();
            top.forEach((key, value) -> result.put(key.toString(), adapt(value, addresses)));
            for (String files : List.of("rule_files", "scrape_config_files", "templates")) {
                result.computeIfPresent(
                        files,
                        (key, value) -> absolute(value, file.toAbsolutePath().resolveSibling("")));
            }
            return dumper().dump(result);
        } catch (YAMLException e) {
            throw ProblemException.no(
                    file + ": not a YAML configuration: " + e.getMessage(),
                    "Correct the file, or write it anew with ./binnacle generate.");
        }
    }

    private static Object adapt(Object value, Map<String, String> addresses) {
        return switch (value) {
            case Map<?, ?> map -> {
                var result = new LinkedHashMap<Object, Object>();
                map.forEach((key, each) -> result.put(key, adaptNullable(each, addresses)));
                yield result;
            }
            case List<?> list ->
                list.stream().map(each -> adapt(each, addresses)).toList();
            case String text -> replaced(text, addresses);
            default -> value;
        };
    }

    private static Object adaptNullable(Object value, Map<String, String> addresses) {
        return value == null ? "" : adapt(value, addresses);
    }

    private static String replaced(String text, Map<String, String> addresses) {
        String result = text;
        for (var entry : addresses.entrySet()) {
            result = replaced(result, entry.getKey(), entry.getValue());
        }
        return result;
    }

    /** Replaces whole addresses only: {@code 127.0.0.1:8080} and not the start of {@code 127.0.0.1:80801}. */
    private static String replaced(String text, String from, String to) {
        int at = text.indexOf(from);
        if (at < 0) {
            return text;
        }
        int end = at + from.length();
        boolean whole = end == text.length() || !Character.isDigit(text.charAt(end));
        return text.substring(0, at) + (whole ? to : from) + replaced(text.substring(end), from, to);
    }

    private static Object absolute(Object files, Path folder) {
        return files instanceof List<?> list
                ? list.stream()
                        .map(each -> folder.resolve(each.toString()).toString())
                        .collect(Collectors.toList())
                : files;
    }

    private static Yaml loader() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private static Yaml dumper() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }
}
