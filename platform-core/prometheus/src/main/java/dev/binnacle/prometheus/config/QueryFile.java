package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** Reads a file of queries: one server, asked with the options that Prometheus' configuration has for it, and what it is asked. */
public final class QueryFile {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final int LONGEST_EXPRESSION = 16_384;
    private static final URI NO_URL = URI.create("http://localhost");

    private final Problems problems;

    private QueryFile(Problems problems) {
        this.problems = problems;
    }

    /**
     * Returns what {@code file} says. Files that it names are looked for beside it.
     *
     * @throws InvalidFileException with everything that is wrong or not supported
     * @throws IOException when it cannot be read
     */
    public static QueryConfig read(Path file) throws IOException, InvalidFileException {
        var problems = new Problems(file.toString());
        Path folder = file.toAbsolutePath().getParent();
        var section = Document.read(file.toString(), Files.readString(file), problems);
        return new QueryFile(problems).read(section, new HttpReader(folder == null ? Path.of("/") : folder));
    }

    private QueryConfig read(Section file, HttpReader http) throws InvalidFileException {
        var config = new QueryConfig(
                url(file),
                file.duration("timeout", TIMEOUT),
                http.read(file),
                file.sections("queries").stream().map(this::query).toList());
        if (config.queries().isEmpty()) {
            file.problem("queries", "queries are needed");
        }
        if (config.timeout().isZero()) {
            file.problem("timeout", "is longer than 0");
        }
        var names = new HashSet<String>();
        config.queries().stream()
                .filter(query -> !names.add(query.name()))
                .forEach(query -> file.problem("queries", "two queries are called '" + query.name() + "'"));
        file.end();
        problems.throwIfAny();
        return config;
    }

    private Query query(Section section) {
        var query = new Query(
                section.value("name", "", QueryFile::name),
                section.value("expr", "", QueryFile::expression),
                section.flag("keep_names", false),
                section.has("keep") ? section.texts("keep") : null,
                labels(section.section("labels")));
        for (String needed : List.of("name", "expr")) {
            if (!section.has(needed)) {
                section.problem(needed, needed + " is needed");
            }
        }
        section.end();
        return query;
    }

    private static Labels labels(Section section) {
        try {
            return Labels.of(section.map());
        } catch (IllegalArgumentException e) {
            section.problem("", String.valueOf(e.getMessage()));
            return Labels.EMPTY;
        }
    }

    private static String name(String text) {
        try {
            return MetricFamily.gauge(text, "", "").name();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has to be a metric's name, [a-zA-Z_:][a-zA-Z0-9_:]*", e);
        }
    }

    private static String expression(String text) {
        if (text.isBlank() || text.length() > LONGEST_EXPRESSION) {
            throw new IllegalArgumentException("is PromQL of at most " + LONGEST_EXPRESSION + " characters");
        }
        return text;
    }

    /** Reads the URL; a wrong one is not shown, as there may be a password in it. */
    private static URI url(Section file) {
        String text = file.text("url", "");
        try {
            var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && hasPathOnly(url)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        file.problem(
                "url",
                "has to be an http or https URL without user, password and parameters, such as http://prometheus:9090");
        return NO_URL;
    }

    private static boolean hasPathOnly(URI url) {
        return url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
    }
}
