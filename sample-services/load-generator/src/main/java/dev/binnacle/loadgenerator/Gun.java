package dev.binnacle.loadgenerator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends requests without waiting for their answers. */
final class Gun implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client;
    private final URI target;
    private final Duration timeout;
    private final int mostInFlight;
    private final LoadMetrics metrics;
    private final AtomicInteger inFlight = new AtomicInteger();

    Gun(URI target, Duration timeout, int mostInFlight, ExecutorService threads, LoadMetrics metrics) {
        this.target = target;
        this.timeout = timeout;
        this.mostInFlight = mostInFlight;
        this.metrics = metrics;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads)
                .build();
    }

    /** Returns how many requests are under way. */
    int inFlight() {
        return inFlight.get();
    }

    /** Sends {@code shot} and returns at once. What comes of it goes into the metrics. */
    void fire(Shot shot, long dueNanos) {
        if (inFlight.incrementAndGet() > mostInFlight) {
            inFlight.decrementAndGet();
            metrics.lost("dropped", 1);
            return;
        }
        metrics.sent(shot.kind());
        var unused = client.sendAsync(request(shot), BodyHandlers.discarding())
                // The client's own limit ends with the headers; this one covers the body too.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    var code = failure == null ? String.valueOf(response.statusCode()) : codeOf(failure);
                    metrics.answered(shot.kind(), code, Duration.ofNanos(System.nanoTime() - dueNanos));
                    return inFlight.decrementAndGet();
                });
    }

    /** Asks once, uncounted, whether the front door leads anywhere. Blocks up to the time limit of a request. */
    boolean isTargetOpen() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(target).timeout(timeout).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() < 400;
        } catch (IOException | UnresolvedAddressException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(Shot shot) {
        var request = HttpRequest.newBuilder(target.resolve(shot.path())).timeout(timeout);
        return shot.body().isEmpty()
                ? request.GET().build()
                : request.header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(shot.body()))
                        .build();
    }

    private static String codeOf(Throwable failure) {
        return switch (unwrapped(failure)) {
            case ConnectException e -> "unreachable";
            case UnresolvedAddressException e -> "unreachable";
            case HttpTimeoutException e -> "timeout";
            case TimeoutException e -> "timeout";
            case IOException e -> "broken";
            case null, default -> "error";
        };
    }

    private static @Nullable Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }
}
