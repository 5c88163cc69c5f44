package dev.binnacle.app.insight;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.app.config.PrometheusConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Hands questions that people have written on to Prometheus, and its answers back as they are. Only questions pass, with limits on
 * time, size and how many are asked at once: nobody changes or stops Prometheus this way. For any thread.
 */
@ApplicationScoped
public class PrometheusPassThrough {
    /** Prometheus answers twenty at once by default, and views need some of them. */
    static final int AT_ONCE = 8;

    /** The longest question, in characters. */
    static final int LONGEST = 16_384;

    private static final Set<String> PARAMETERS = new TreeSet<>(
            Set.of("query", "time", "start", "end", "step", "match[]", "limit", "metric", "limit_per_metric"));
    private static final JsonFactory JSON = new JsonFactory();

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Asking asking;

    /**
     * What came back.
     *
     * @param status of HTTP
     * @param body JSON, as it came
     */
    record Passed(int status, byte[] body) {}

    private sealed interface Reply {
        record Answered(Passed passed) implements Reply {}

        record Missing(String reason) implements Reply {}
    }

    PrometheusPassThrough(PrometheusConfig prometheus, InsightConfig insight) {
        this.asking = new Asking(Asking.Server.at(prometheus.url(), "Prometheus", "binnacle.prometheus.url"), insight);
    }

    @PreDestroy
    void stop() {
        asking.close();
    }

    /**
     * Asks by {@code POST} with a form, whatever the question came by: a query may be longer than a line of HTTP.
     *
     * @throws ProblemException when the question is none that passes, and when there is no answer of a Prometheus
     */
    Passed post(String path, MultivaluedMap<String, String> parameters) {
        return passed(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters)))
                .build());
    }

    /** Asks where Prometheus takes {@code GET} only. */
    Passed get(String path, MultivaluedMap<String, String> parameters) {
        return passed(request(path + "?" + form(parameters)).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(asking.server().path("/api/v1/" + path)).timeout(asking.timeout());
    }

    private Passed passed(HttpRequest request) {
        if (!places.tryAcquire()) {
            throw problem(503, "Service Unavailable", "Others ask already, " + AT_ONCE + " at once. Try again soon");
        }
        try {
            return switch (asking.<Reply>one(request, PrometheusPassThrough::read, Reply.Missing::new)) {
                case Reply.Answered(Passed passed) -> passed;
                case Reply.Missing(String reason) -> throw problem(502, "Bad Gateway", reason);
            };
        } finally {
            places.release();
        }
    }

    /** A sign-in page and the like are no answer: nobody is handed those. */
    private static Reply read(int status, InputStream body) throws IOException {
        byte[] bytes = body.readAllBytes();
        boolean answered = false;
        try (var parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                answered |= token == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot()
                        && parser.currentName().equals("status");
            }
        }
        if (!answered) {
            throw new IllegalArgumentException("no status");
        }
        return new Reply.Answered(new Passed(status, bytes));
    }

    private String form(MultivaluedMap<String, String> parameters) {
        var unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            throw Parameters.badRequest(
                    String.join(", ", unknown) + " does not pass; what passes is " + String.join(", ", PARAMETERS));
        }
        var all = new TreeMap<>(parameters);
        int length = all.values().stream()
                .flatMap(values -> values.stream())
                .mapToInt(String::length)
                .sum();
        if (length > LONGEST) {
            throw Parameters.badRequest("The question has " + length + " characters, and may have " + LONGEST);
        }
        String form = all.entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream().map(value -> Map.entry(parameter.getKey(), value)))
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return form + "&timeout=" + asking.timeout().toMillis() + "ms";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ProblemException problem(int status, String title, String detail) {
        return new ProblemException(Problem.ofStatus(status, title, detail));
    }
}
