package dev.binnacle.local.cli;

import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.launcher.StatusReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks to the running launcher. */
final class ControlClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final LauncherRecord launcher;

    ControlClient(LauncherRecord launcher) {
        this.launcher = launcher;
    }

    /** Returns the state of everything. */
    StatusReport status() throws IOException, InterruptedException {
        var request = request("/status").timeout(LIMIT).GET().build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return Json.MAPPER.readValue(response.body(), StatusReport.class);
    }

    /** Replaces all certificates and returns what the launcher says about it. */
    String rotateCertificates() throws IOException, InterruptedException {
        var request = request("/certificates/rotate")
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Ends the process that {@code name} means; it comes back when the stream is closed. */
    InputStream hold(String name) throws IOException, InterruptedException {
        var request = request("/hold?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() == 404) {
            response.body().close();
            throw ProblemException.no("nothing called '" + name + "' runs here", "./binnacle status lists what runs.");
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(launcher.control() + path))
                .header("Authorization", "Bearer " + launcher.token());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
