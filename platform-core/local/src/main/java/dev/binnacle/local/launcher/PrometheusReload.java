package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Tells Prometheus when the clone's configuration or rules have changed. Used by one thread. */
final class PrometheusReload {
    private static final System.Logger LOG = System.getLogger(PrometheusReload.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SystemProcesses system;
    private final HttpClient client;
    private final URI reload;

    PrometheusReload(SystemProcesses system, HttpClient client, String prometheusUrl) {
        this.system = system;
        this.client = client;
        this.reload = URI.create(prometheusUrl + "/-/reload");
    }

    /** Returns the files that count, in order. */
    static List<Path> files(Path clone) {
        Path folder = clone.resolve("prometheus");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw ProblemException.environment("cannot list " + folder + ": " + e.getMessage(), "");
        }
    }

    /** Writes the instance's configuration anew and has Prometheus read it; what is wrong with it is logged. */
    void run() {
        try {
            system.writePrometheusConfig();
            var request = HttpRequest.newBuilder(reload)
                    .timeout(LIMIT)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                LOG.log(
                        Level.WARNING,
                        "Prometheus keeps its old configuration reason="
                                + answer.body().strip());
            }
        } catch (IOException | ProblemException e) {
            LOG.log(Level.WARNING, "Prometheus keeps its old configuration", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
