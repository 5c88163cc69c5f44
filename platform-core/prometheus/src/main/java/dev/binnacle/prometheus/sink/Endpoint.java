package dev.binnacle.prometheus.sink;

import dev.binnacle.prometheus.config.HttpOptions;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.ConfiguredHeaders;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.http.WebAnswer;
import dev.binnacle.prometheus.http.WebClient;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Where requests go. Follows no redirects: what is sent is for the configured receiver only. Keeps one connection; for one thread at a
 * time.
 */
public final class Endpoint implements AutoCloseable {
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int LONGEST_SAID = 256;

    private final URI url;
    private final HttpOptions options;
    private final Duration timeout;
    private final Watch watch = new Watch("receiver");
    private WebClient client;

    /** @param timeout how long a request may take, to the last byte of its answer */
    public Endpoint(URI url, HttpOptions options, Duration timeout) {
        this.url = url;
        this.options = options;
        this.timeout = timeout;
        this.client = client();
    }

    /**
     * Sends the first {@code length} bytes of {@code body}.
     *
     * @param about headers that say what it is
     */
    public Answer send(String method, Map<String, String> about, byte[] body, int length)
            throws ExportException, InterruptedException {
        requireSendable();
        var asking = client;
        var task = new FutureTask<>(() -> ask(asking, method, about, body, length));
        // What waits for a server notices no interruption; on a thread of its own it ends with its connection.
        var thread = Thread.ofVirtual().name("receiver").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            client = client();
            thread.interrupt();
            throw e;
        }
    }

    /** Ends its connection and threads. Safe to call twice. */
    @Override
    public void close() {
        watch.close();
    }

    private WebClient client() {
        return new WebClient(options, AddressRule.STANDARD, watch);
    }

    private Answer ask(WebClient asking, String method, Map<String, String> about, byte[] body, int length)
            throws IOException {
        var headers = new LinkedHashMap<>(about);
        headers.put("User-Agent", "binnacle");
        try (var answer = asking.send(method, url, headers, body, length, Deadline.in(timeout))) {
            return read(asking, answer);
        } finally {
            if (Thread.currentThread().isInterrupted()) {
                asking.close();
            }
        }
    }

    private static Answer read(WebClient asking, WebAnswer answer) throws IOException {
        // When there is more it is not read, and the connection not used again.
        byte[] body = answer.body().readNBytes(LONGEST_ANSWER);
        return new Answer(answer.status(), brief(asking, body), body, answer.headers());
    }

    private void requireSendable() throws ExportException {
        try {
            for (String value : ConfiguredHeaders.read(options).values()) {
                if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                    throw new IOException("they hold characters that a header cannot");
                }
            }
        } catch (IOException e) {
            throw new ExportException(FailureKind.TRANSIENT, "the credentials cannot be read: " + e, e);
        }
    }

    private static ExportException failure(Throwable cause) {
        String message = cause instanceof SocketTimeoutException
                ? String.valueOf(cause.getMessage())
                : "the receiver cannot be reached: " + cause;
        return new ExportException(FailureKind.TRANSIENT, message, cause);
    }

    /** Returns the body's beginning in one line. A receiver may say what it was told, and secrets are in no log. */
    private static String brief(WebClient asking, byte[] body) throws IOException {
        if (body.length == 0) {
            return "";
        }
        String text = asking.withoutSecrets(new String(body, StandardCharsets.UTF_8));
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_SAID ? line : line.substring(0, LONGEST_SAID) + "…";
    }
}
