package dev.binnacle.prometheus.engine;

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

    /** @param flags besides those that name its files and its address */
    public RealPrometheus(String binary, Path folder, String... flags) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
        Path log = folder.resolve("log");
        var command = new ArrayList<>(List.of(
                binary,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0"));
        command.addAll(List.of(flags));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().until(() -> LISTENING.matcher(Files.readString(log)).find() || !process.isAlive());
        var found = LISTENING.matcher(Files.readString(log));
        if (!found.find()) {
            throw new IOException(Files.readString(log));
        }
        address = found.group(1);
        Awaitility.await().until(() -> get("/-/ready").statusCode() == 200);
    }

    /** Returns its address as a URL, with this path. */
    public String url(String path) {
        return "http://" + address + path;
    }

    /** Returns the answer to an instant query, JSON. */
    public String query(String promql, double at) throws IOException, InterruptedException {
        return get("/api/v1/query?time=" + at + "&query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8))
                .body();
    }

    public boolean isThreeOrLater() throws IOException, InterruptedException {
        return !get("/api/v1/status/buildinfo").body().contains("\"version\":\"2.");
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
