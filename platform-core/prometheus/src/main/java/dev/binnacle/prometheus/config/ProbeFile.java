package dev.binnacle.prometheus.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a file of probes, asked with the options that Prometheus' configuration has for HTTP. */
public final class ProbeFile {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final URI NO_URL = URI.create("http://localhost");
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "tcp", "grpc");
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[a-zA-Z0-9_.:/-]{1,100}");

    private final HttpReader http;

    private ProbeFile(HttpReader http) {
        this.http = http;
    }

    /**
     * Returns what {@code file} says. Files that it names are looked for beside it.
     *
     * @throws InvalidFileException with everything that is wrong or not supported
     * @throws IOException when it cannot be read
     */
    public static ProbeConfig read(Path file) throws IOException, InvalidFileException {
        var problems = new Problems(file.toString());
        Path folder = file.toAbsolutePath().getParent();
        var section = Document.read(file.toString(), Files.readString(file), problems);
        var config = new ProbeFile(new HttpReader(folder == null ? Path.of("/") : folder)).read(section);
        section.end();
        problems.throwIfAny();
        return config;
    }

    private ProbeConfig read(Section file) {
        var config = new ProbeConfig(
                file.duration("timeout", TIMEOUT),
                file.sections("probes").stream().map(this::probe).toList());
        if (config.timeout().isZero()) {
            file.problem("timeout", "is longer than 0");
        }
        if (config.probes().isEmpty()) {
            file.problem("probes", "probes are needed");
        }
        var names = new HashSet<String>();
        config.probes().stream()
                .filter(probe -> !names.add(probe.name()))
                .forEach(probe -> file.problem("probes", "two probes are called '" + probe.name() + "'"));
        return config;
    }

    private Probe probe(Section section) {
        // Unlike when Prometheus scrapes: where a server sends its visitors is part of its answer.
        var options = http.read(section);
        var probe = new Probe(
                section.value("name", "", ProbeFile::name),
                url(section),
                section.value("through", "", ProbeFile::proxy),
                section.text("at", ""),
                options.following(section.flag("follow_redirects", false)),
                statuses(section),
                section.value("matches", "", ProbeFile::expression),
                section.value("matches_not", "", ProbeFile::expression),
                section.text("send", ""),
                section.text("service", ""));
        if (probe.name().isEmpty()) {
            section.problem("name", "a name is needed");
        }
        if (!probe.through().isEmpty() && !probe.at().isEmpty()) {
            section.problem("at", "does not go together with through");
        }
        requireFitting(section, probe.url().getScheme());
        section.end();
        return probe;
    }

    private static void requireFitting(Section section, String scheme) {
        boolean web = scheme.startsWith("http");
        List.of("valid_statuses", "follow_redirects", "basic_auth", "authorization", "http_headers").stream()
                .filter(key -> !web && section.has(key))
                .forEach(key -> section.problem(key, "is for http and https"));
        if (!scheme.equals("tcp") && section.has("send")) {
            section.problem("send", "is for tcp");
        }
        if (!scheme.equals("grpc") && section.has("service")) {
            section.problem("service", "is for grpc");
        }
        if (scheme.equals("grpc") && (section.has("matches") || section.has("matches_not"))) {
            section.problem("matches", "is not for grpc");
        }
    }

    private static Set<Integer> statuses(Section section) {
        var statuses = new TreeSet<Integer>();
        for (String text : section.texts("valid_statuses")) {
            if (text.matches("[1-5]\\d\\d")) {
                statuses.add(Integer.valueOf(text));
            } else {
                section.problem("valid_statuses", "'" + text + "' is no status");
            }
        }
        return statuses;
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("has to be 1 to 100 letters, digits and any of _ . : / -");
        }
        return text;
    }

    /** A URL says where it is and nothing else; what is no URL is a workload. */
    private static String proxy(String text) {
        if (text.matches("http://[^/@?#\\s{}]+/?") || text.matches("[a-z0-9.-]+")) {
            return text;
        }
        throw new IllegalArgumentException("has to be http://HOST:PORT or a workload, NAME.NAMESPACE");
    }

    private static String expression(String text) {
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is not RE2: " + e.getDescription(), e);
        }
    }

    /** Reads the URL; a wrong one is not shown, as there may be a password in it. */
    private static URI url(Section section) {
        try {
            var url = URI.create(section.text("url", ""));
            String scheme = String.valueOf(url.getScheme());
            boolean portNeeded = !scheme.startsWith("http");
            if (PROTOCOLS.contains(scheme)
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && !(portNeeded && url.getPort() < 0)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        section.problem(
                "url", "has to be http://…, https://…, tcp://HOST:PORT or grpc://HOST:PORT, without user and password");
        return NO_URL;
    }
}
