package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The store of an API server.
 *
 * @param url where it is
 */
record Etcd(Server server, String url) implements AutoCloseable {
    private static final Pattern REVISION = Pattern.compile("\"revision\":\\s*\"(\\d+)\"");
    private static final int OK = 200;

    /** Starts one that keeps its data in {@code folder}. */
    static Etcd start(Path program, Path folder, String url, String peer) throws IOException {
        var command = List.of(
                program.toString(),
                "--name=test",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=test=" + peer,
                "--log-level=warn");
        return new Etcd(Server.start(command, folder.resolve("etcd.log")), url);
    }

    boolean isRunning() {
        return server.isRunning();
    }

    String lastLines() throws IOException {
        return server.lastLines();
    }

    /** Forgets all revisions but the newest. */
    void compact() throws IOException, InterruptedException {
        Matcher revision = REVISION.matcher(ask("/v3/kv/range", "{\"key\": \"AA==\"}"));
        if (!revision.find()) {
            throw new IOException("etcd does not tell its revision");
        }
        ask("/v3/kv/compaction", "{\"revision\": \"" + revision.group(1) + "\", \"physical\": true}");
    }

    private String ask(String path, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new IOException("etcd answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
