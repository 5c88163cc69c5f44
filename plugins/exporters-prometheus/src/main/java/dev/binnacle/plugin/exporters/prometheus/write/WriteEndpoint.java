package dev.binnacle.plugin.exporters.prometheus.write;

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
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where requests go. Follows no redirects: what is sent is for the configured receiver only.
 *
 * @param timeout how long a request may take, to the last byte of its answer
 */
record WriteEndpoint(URI url, Credentials credentials, Duration timeout, HttpClient http) {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int LONGEST_SAID = 256;

    /** Sends the first {@code length} bytes of {@code packed}. */
    WriteAnswer send(WriteFormat format, byte[] packed, int length) throws ExportException, InterruptedException {
        String authorization = authorization();
        var answer =
                http.sendAsync(request(format, packed, length, authorization), info -> new BriefBody(LONGEST_ANSWER));
        try {
            return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), authorization);
        } catch (ExecutionException e) {
            throw new ExportException(FailureKind.TRANSIENT, "the receiver cannot be reached: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ExportException(FailureKind.TRANSIENT, "no answer within " + timeout.toMillis() + " ms", e);
        } finally {
            // Does nothing to an answer that is complete.
            answer.cancel(true);
        }
    }

    private HttpRequest request(WriteFormat format, byte[] packed, int length, String authorization) {
        var request = HttpRequest.newBuilder(url)
                .header("Content-Encoding", "snappy")
                .header("Content-Type", format.contentType())
                .header("X-Prometheus-Remote-Write-Version", format.version())
                .header("User-Agent", "binnacle");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.POST(BodyPublishers.ofByteArray(packed, 0, length)).build();
    }

    private String authorization() throws ExportException {
        try {
            String header = credentials.header();
            if (header.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IOException("they hold characters that a header cannot");
            }
            return header;
        } catch (IOException e) {
            throw new ExportException(FailureKind.TRANSIENT, "the credentials cannot be read: " + e, e);
        }
    }

    private static WriteAnswer read(HttpResponse<byte[]> response, String authorization) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        // A receiver may say what it was told, and secrets are in no log.
        String plain = authorization.isEmpty() ? text : text.replace(authorization, "<secret>");
        return new WriteAnswer(
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
