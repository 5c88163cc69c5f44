package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches admin pages as JSON, within a time limit and a size limit. */
final class AdminClient {
    private static final int MAX_BYTES = 32 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;
    private final Duration timeout;

    AdminClient(HttpClient http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    /**
     * Returns the answer to come; it fails with {@link IOException} or a time-out. Cancelling it ends the request.
     *
     * <p>It completes on a thread of the JDK's. Read it with {@link #parse} on a thread of the plugin: Jackson leaves
     * buffers behind on the threads it runs on, and the JDK's outlive the plugin.
     */
    CompletableFuture<HttpResponse<byte[]>> get(URI admin, String path) {
        var request = HttpRequest.newBuilder(URI.create(admin + path))
                .timeout(timeout)
                .build();
        return http.sendAsync(request, info -> new LimitedBody(MAX_BYTES))
                // The request's own time-out ends with the headers; a body may trickle for ever.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the page in {@code response}. */
    static JsonNode parse(HttpResponse<byte[]> response) throws IOException {
        if (holdsNoneOfThatType(response)) {
            return JSON.createObjectNode();
        }
        if (response.statusCode() != 200) {
            throw new IOException("answered with status " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    /** Returns what went wrong, in words for an operator. */
    static String reason(@Nullable Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped -> reason(wrapped.getCause());
            case HttpTimeoutException late -> "no answer in time";
            case TimeoutException late -> "no answer in time";
            case ConnectException refused -> "no connection";
            case JsonProcessingException broken -> "not JSON: " + broken.getOriginalMessage();
            case null -> "failed";
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** An Envoy without any HTTP listener has no dump of routes, and says so with 404. */
    private static boolean holdsNoneOfThatType(HttpResponse<byte[]> response) {
        return response.statusCode() == 404
                && new String(response.body(), StandardCharsets.UTF_8).endsWith("not found in config dump");
    }
}
