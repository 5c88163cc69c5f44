package dev.binnacle.plugin.collectors.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Prometheus of a test's own: the one that {@code -Dbinnacle.prometheus-binary} or {@code BINNACLE_PROMETHEUS_BINARY} names. */
final class RealPrometheus implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on\".* address=(127\\.0\\.0\\.1:\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private RealPrometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it with this configuration; without one the test is skipped. */
    static RealPrometheus start(Path folder, String config) throws Exception {
        String binary = System.getProperty("binnacle.prometheus-binary", System.getenv("BINNACLE_PROMETHEUS_BINARY"));
        assumeTrue(binary != null && !binary.isBlank(), "no Prometheus is given: -Dbinnacle.prometheus-binary=PATH");
        Path file = Files.writeString(folder.resolve("real-prometheus.yml"), config);
        Path log = folder.resolve("real-prometheus.log");
        var process = new ProcessBuilder(
                        binary,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("real-prometheus"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().until(() -> LISTENING.matcher(Files.readString(log)).find() || !process.isAlive());
        var found = LISTENING.matcher(Files.readString(log));
        if (!found.find()) {
            throw new IOException(Files.readString(log));
        }
        return new RealPrometheus(process, found.group(1));
    }

    String address() {
        return address;
    }

    /** Returns the results of an instant query. */
    JsonNode query(String promql) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    boolean isThreeOrLater() throws IOException, InterruptedException {
        return !get("/api/v1/status/buildinfo").at("/data/version").asText().startsWith("2.");
    }

    @Override
    public void close() throws Exception {
        http.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + path));
        return new ObjectMapper()
                .readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }
}
