package dev.binnacle.plugin.exporters.prometheus.sink;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where requests go. Follows no redirects: what is sent is for the configured receiver only.
 *
 * @param timeout how long a request may take, to the last byte of its answer
 */
public record Endpoint(URI url, RequestHeaders headers, Duration timeout, HttpClient http) {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int LONGEST_SAID = 256;

    /**
     * Sends the first {@code length} bytes of {@code body}.
     *
     * @param about headers that say what it is
     */
    public Answer send(String method, Map<String, String> about, byte[] body, int length)
            throws ExportException, InterruptedException {
        var configured = configured();
        var answer =
                http.sendAsync(request(method, about, body, length, configured), info -> new BriefBody(LONGEST_ANSWER));
        try {
            return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), configured);
        } catch (ExecutionException e) {
            throw new ExportException(FailureKind.TRANSIENT, "the receiver cannot be reached: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ExportException(FailureKind.TRANSIENT, "no answer within " + timeout.toMillis() + " ms", e);
        } finally {
            // Does nothing to an answer that is complete.
            answer.cancel(true);
        }
    }

    private HttpRequest request(
            String method, Map<String, String> about, byte[] body, int length, Map<String, String> configured) {
        var request = HttpRequest.newBuilder(url);
        configured.forEach(request::setHeader);
        about.forEach(request::setHeader);
        return request.setHeader("User-Agent", "binnacle")
                .method(method, BodyPublishers.ofByteArray(body, 0, length))
                .build();
    }

    private Map<String, String> configured() throws ExportException {
        try {
            return headers.read();
        } catch (IOException e) {
            throw new ExportException(FailureKind.TRANSIENT, "the credentials cannot be read: " + e, e);
        }
    }

    private static Answer read(HttpResponse<byte[]> response, Map<String, String> configured) {
        String plain = new String(response.body(), StandardCharsets.UTF_8);
        // A receiver may say what it was told, and secrets are in no log.
        for (String value : configured.values()) {
            plain = value.isBlank() ? plain : plain.replace(value, "<secret>");
        }
        return new Answer(
                response.statusCode(),
                brief(plain),
                response.headers().firstValue("Retry-After").orElse("").strip(),
                written(response));
    }

    private static OptionalLong written(HttpResponse<?> response) {
        String text = response.headers().firstValue(WRITTEN).orElse("");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static String brief(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_SAID ? line : line.substring(0, LONGEST_SAID) + "…";
    }
}
