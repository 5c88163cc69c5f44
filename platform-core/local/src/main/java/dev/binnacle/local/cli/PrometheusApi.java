package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a Prometheus. */
record PrometheusApi(String url) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Returns the Prometheus of the running instance. */
    static PrometheusApi of(CliContext context) throws IOException, InterruptedException {
        try (var control = new ControlClient(context.launcher())) {
            return new PrometheusApi(control.status().status().prometheus().url());
        }
    }

    /** Returns the label sets that an instant query gives. */
    List<Map<String, String>> labels(String query) throws InterruptedException {
        var sets = new ArrayList<Map<String, String>>();
        for (JsonNode series : ask(query).at("/data/result")) {
            var labels = new TreeMap<String, String>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            sets.add(labels);
        }
        return sets;
    }

    private JsonNode ask(String query) throws InterruptedException {
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/query"))
                            .timeout(LIMIT)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw ProblemException.no(
                        "Prometheus at " + url + " answered " + answer.statusCode(), "Look at its page and its log.");
            }
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException | IllegalArgumentException e) {
            throw ProblemException.no(
                    "there is no Prometheus at " + url + " (" + e + ")",
                    "Name one by --prometheus http://HOST:PORT, or leave --observed out.");
        }
    }
}
