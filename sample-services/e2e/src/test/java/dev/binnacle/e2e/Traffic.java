package dev.binnacle.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A client outside the mesh that counts what came back. */
final class Traffic {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** One answer: its status (0 when there was none) and the catalog version that took part, or an empty text. */
    record Answer(int status, String catalogVersion, String body) {}

    Answer get(String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer post(String url, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("x-catalog-version").orElse(""),
                    response.body());
        } catch (IOException e) {
            return new Answer(0, "", String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Sends {@code count} requests one after the other and returns how often each catalog version answered with 200. */
    Map<String, Integer> versionsOf(int count, String url, String... headers) {
        var versions = new TreeMap<String, Integer>();
        for (int i = 0; i < count; i++) {
            Answer answer = get(url, headers);
            versions.merge(
                    answer.status() == 200 ? answer.catalogVersion() : "failed " + answer.status(), 1, Integer::sum);
        }
        return versions;
    }
}
