package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Speaks to the running app. */
final class AppApi implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final String url;

    private AppApi(String url) {
        this.url = url;
    }

    /** An answer of the app: its status and its JSON. */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Returns what a problem document says went wrong. */
        String problem() {
            String detail = body.path("detail").asText();
            String title = body.path("title").asText();
            return !detail.isEmpty() ? detail : !title.isEmpty() ? title : "the app answered " + status;
        }
    }

    /** Returns the API of the app of the running instance. */
    static AppApi of(CliContext context) throws IOException, InterruptedException {
        try (var control = new ControlClient(context.launcher())) {
            return new AppApi(control.status().status().app().url());
        }
    }

    Answer get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    Answer post(String path, Object body, Duration limit) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .timeout(limit)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    Answer put(String path, HttpRequest.BodyPublisher body, String type, Map<String, String> headers, Duration limit)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", type)
                .timeout(limit)
                .PUT(body);
        headers.forEach(request::header);
        return send(request.build());
    }

    Answer delete(String path, Duration limit) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(limit)
                .DELETE()
                .build());
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            boolean json = text.startsWith("{") || text.startsWith("[");
            return new Answer(response.statusCode(), json ? Json.MAPPER.readTree(text) : MissingNode.getInstance());
        } catch (IOException e) {
            throw ProblemException.no(
                    "the app at " + url + " does not answer (" + e + ")",
                    "It restarts by itself; see ./binnacle status and ./binnacle logs app.");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
