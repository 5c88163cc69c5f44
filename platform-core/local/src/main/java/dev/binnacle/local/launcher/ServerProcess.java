package dev.binnacle.local.launcher;

import dev.binnacle.local.process.SupervisedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A server of the platform: the app, Prometheus, Alertmanager, Pushgateway.
 *
 * @param url where people find it
 * @param readiness the path that answers 200 once it is ready
 */
record ServerProcess(SupervisedProcess process, String url, String readiness) {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Asks it whether it is ready. */
    boolean ready(HttpClient client) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + readiness))
                .timeout(LIMIT)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
