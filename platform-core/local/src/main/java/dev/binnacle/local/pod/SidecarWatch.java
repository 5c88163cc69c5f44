package dev.binnacle.local.pod;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks an Envoy whether it is ready, from its start until {@link #close}. Tells every change, from not ready. */
final class SidecarWatch implements AutoCloseable {
    private static final Duration EAGER = Duration.ofMillis(200);
    private static final Duration STEADY = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient client;
    private final HttpRequest request;
    private final Consumer<Boolean> listener;
    private final Thread thread;

    SidecarWatch(HttpClient client, URI ready, Consumer<Boolean> listener) {
        this.client = client;
        this.request = HttpRequest.newBuilder(ready).timeout(LIMIT).build();
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("sidecar-" + ready.getHost()).start(this::run);
    }

    private void run() {
        boolean before = false;
        try {
            while (true) {
                boolean now = ready();
                if (now != before) {
                    listener.accept(now);
                }
                before = now;
                Thread.sleep(now ? STEADY : EAGER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
