package dev.binnacle.prometheus.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Prometheus of its own, on a free port of loopback. */
public final class RealPrometheus implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on\".* address=(127\\.0\\.0\\.1:\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private RealPrometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts the one that {@code -Dbinnacle.prometheus-binary} or {@code BINNACLE_PROMETHEUS_BINARY} names, and waits until it is ready;
     * without one the test is skipped.
     *
     * @param folder where its files are
     * @param config its configuration
     * @param flags besides those that name its files and its address
     */
    public static RealPrometheus start(Path folder, String config, String... flags) throws IOException {
        String binary = binary();
        Path file = Files.writeString(folder.resolve("real-prometheus.yml"), config);
        Path log = folder.resolve("real-prometheus.log");
        var command = new ArrayList<>(List.of(
                binary,
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("real-prometheus"),
                "--web.listen-address=127.0.0.1:0"));
        command.addAll(List.of(flags));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().until(() -> LISTENING.matcher(Files.readString(log)).find() || !process.isAlive());
        var found = LISTENING.matcher(Files.readString(log));
        if (!found.find()) {
            throw new IOException(Files.readString(log));
        }
        var prometheus = new RealPrometheus(process, found.group(1));
        Awaitility.await().until(() -> prometheus.get("/-/ready").statusCode() == 200);
        return prometheus;
    }

    /** Tells whether it knows what came with Prometheus 3; without one the test is skipped. */
    public static boolean isThreeOrLater() throws IOException {
        var process = new ProcessBuilder(binary(), "--version")
                .redirectErrorStream(true)
                .start();
        try (var out = process.inputReader()) {
            return !out.readLine().startsWith("prometheus, version 2.");
        }
    }

    private static String binary() {
        String binary = System.getProperty("binnacle.prometheus-binary", System.getenv("BINNACLE_PROMETHEUS_BINARY"));
        assumeTrue(binary != null && !binary.isBlank(), "no Prometheus is given: -Dbinnacle.prometheus-binary=PATH");
        return binary;
    }

    /** Returns where it listens: host and port. */
    public String address() {
        return address;
    }

    /** Returns its address as a URL, with this path. */
    public String url(String path) {
        return "http://" + address + path;
    }

    /** Returns the answer to an instant query of now, JSON. */
    public String query(String promql) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8))
                .body();
    }

    /** Returns the answer to an instant query of this time, in seconds of Unix time, JSON. */
    public String query(String promql, double at) throws IOException, InterruptedException {
        return get("/api/v1/query?time=" + at + "&query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8))
                .body();
    }

    @Override
    public void close() throws Exception {
        http.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
    }
}
