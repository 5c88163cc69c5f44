package dev.binnacle.local.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One of the two places a pod's metrics come from.
 *
 * @param type how failures are labelled: {@code application} or {@code envoy}
 */
record MetricsHalf(String type, URI address) {
    private static final int LONGEST_BODY = 16 * 1024 * 1024;
    private static final String ACCEPT = "text/plain;version=0.0.4;q=1,*/*;q=0.1";

    /** Fetches the exposition; fails when that takes longer than {@code limit}, connection and body included. */
    CompletableFuture<String> fetch(HttpClient client, Duration limit) {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", ACCEPT)
                .timeout(limit)
                .build();
        var sent = client.sendAsync(request, info -> new CappedBody(LONGEST_BODY));
        var text = sent.thenCompose(response -> response.statusCode() == 200
                ? CompletableFuture.completedFuture(new String(response.body(), StandardCharsets.UTF_8))
                : CompletableFuture.failedFuture(new IOException(address + " answered " + response.statusCode())));
        // The request's own limit ends with the headers; this one covers the body, and frees the connection.
        return text.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((body, failure) -> {
            if (failure != null) {
                sent.cancel(true);
            }
        });
    }
}
