package dev.binnacle.local.cli;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A page of metrics in Prometheus' text format, from a file, a server or standard input. */
final class MetricsPage {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String TEXT_FORMAT = "text/plain;version=0.0.4";

    private MetricsPage() {}

    /**
     * Returns the page's text.
     *
     * @throws ProblemException when there is none: no such file, no answer, not UTF-8
     */
    static String read(String source) throws IOException, InterruptedException {
        byte[] bytes = source.equals("-")
                ? standardInput()
                : source.startsWith("http://") || source.startsWith("https://") ? fetched(source) : file(source);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.no(source + ": not UTF-8 text", "The text format is always UTF-8.");
        }
    }

    private static byte[] standardInput() throws IOException {
        try (InputStream in = System.in) {
            return in.readAllBytes();
        }
    }

    private static byte[] file(String source) throws IOException {
        Path file = Path.of(source);
        if (!Files.isRegularFile(file)) {
            throw ProblemException.usage("there is no file " + source, "Name a file, an http:// URL, or - .");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] fetched(String url) throws InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Accept", TEXT_FORMAT)
                    .timeout(LIMIT)
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw ProblemException.no(
                        url + " answered " + answer.statusCode(), "Look whether the path is the one of the metrics.");
            }
            return answer.body();
        } catch (IOException e) {
            throw ProblemException.no(url + " does not answer (" + e + ")", "Look whether its server runs.");
        } catch (IllegalArgumentException e) {
            throw ProblemException.usage(url + " is no URL: " + e.getMessage(), "Write http://HOST:PORT/PATH.");
        }
    }
}
