package dev.binnacle.plugin.exporters.prometheus.write;

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

/** A Prometheus of its own that takes remote write, on a free port of loopback. */
final class RealPrometheus implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on\".* address=(127\\.0\\.0\\.1:\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    RealPrometheus(String binary, Path folder) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
        Path log = folder.resolve("log");
        process = new ProcessBuilder(
                        binary,
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.enable-remote-write-receiver",
                        "--web.listen-address=127.0.0.1:0")
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

    String url() {
        return "http://" + address + "/api/v1/write";
    }

    /** Returns the results of an instant query. */
    JsonNode query(String promql, double at) throws IOException, InterruptedException {
        var answer = get("/api/v1/query?time=" + at + "&query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(answer.body()).at("/data/result");
    }

    boolean isThreeOrLater() throws IOException, InterruptedException {
        String version = new ObjectMapper()
                .readTree(get("/api/v1/status/buildinfo").body())
                .at("/data/version")
                .asText();
        return !version.startsWith("2.");
    }

    @Override
    public void close() throws Exception {
        http.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private java.net.http.HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build(), BodyHandlers.ofString());
    }
}
