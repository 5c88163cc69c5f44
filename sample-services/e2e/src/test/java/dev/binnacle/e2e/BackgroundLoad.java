package dev.binnacle.e2e;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Requests one after the other from now until {@link #close}, while a test does something else. */
final class BackgroundLoad implements AutoCloseable {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final CompletableFuture<Void> running;

    /**
     * Starts.
     *
     * @param client asked for each request: a new one each time brings a new connection
     * @param headers names and values in turn
     */
    BackgroundLoad(String url, Supplier<Traffic> client, String... headers) {
        running = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                sent.incrementAndGet();
                if (client.get().get(url, headers).status() != 200) {
                    failures.incrementAndGet();
                }
            }
        });
    }

    /** Returns how many requests were sent. */
    int sent() {
        return sent.get();
    }

    /** Returns how many of them were not answered with 200. */
    int failures() {
        return failures.get();
    }

    /** Returns when the last request has its answer. */
    @Override
    public void close() {
        stop.set(true);
        running.join();
    }
}
