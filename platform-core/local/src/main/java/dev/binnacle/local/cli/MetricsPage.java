package dev.binnacle.local.cli;

import dev.binnacle.local.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A page of metrics, from a file, a server or standard input.
 *
 * @param contentType what the server calls it; empty when nobody says
 * @param body the page; to be closed
 */
record MetricsPage(String contentType, InputStream body) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Opens the page.
     *
     * @throws ProblemException when there is none: no such file, no answer
     */
    static MetricsPage open(String source, MetricsFormat format) throws IOException, InterruptedException {
        if (source.equals("-")) {
            return new MetricsPage("", System.in);
        }
        return source.startsWith("http://") || source.startsWith("https://") ? fetched(source, format) : file(source);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private static MetricsPage file(String source) throws IOException {
        Path file = Path.of(source);
        if (!Files.isRegularFile(file)) {
            throw ProblemException.usage("there is no file " + source, "Name a file, an http:// URL, or - .");
        }
        return new MetricsPage("", Files.newInputStream(file));
    }

    private static MetricsPage fetched(String url, MetricsFormat format) throws InterruptedException {
        var client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Accept", format.accept())
                    .timeout(LIMIT)
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw ProblemException.no(
                        url + " answered " + answer.statusCode(), "Look whether the path is the one of the metrics.");
            }
            String type = answer.headers().firstValue("Content-Type").orElse("");
            return new MetricsPage(type, closing(answer.body(), client));
        } catch (IOException e) {
            client.close();
            throw ProblemException.no(url + " does not answer (" + e + ")", "Look whether its server runs.");
        } catch (IllegalArgumentException e) {
            client.close();
            throw ProblemException.usage(url + " is no URL: " + e.getMessage(), "Write http://HOST:PORT/PATH.");
        }
    }

    private static InputStream closing(InputStream body, HttpClient client) {
        return new FilterInputStream(body) {
            @Override
            public void close() throws IOException {
                super.close();
                client.shutdownNow();
            }
        };
    }
}
