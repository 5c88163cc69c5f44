package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/plugins.md tells an author to do, done: from nothing to a collector in the running mesh, and its next version. */
@ExtendWith(RunningMesh.class)
class PluginAuthorIT {
    private static final String PLUGIN = "collector-e2e-number";

    @TempDir
    private Path folder;

    private final List<Path> links = new ArrayList<>();

    private HttpServer page;

    @BeforeEach
    void show() throws IOException {
        page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/number", exchange -> {
            try (exchange) {
                byte[] text = "42\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
        });
        page.start();
    }

    @AfterEach
    void stop(RunningMesh.Instance mesh) throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
        mesh.binnacle().run(Duration.ofSeconds(30), "plugin", "remove", PLUGIN);
        page.stop(0);
    }

    @Test
    void aNewProjectRunsInTheMeshAndSoDoesItsNextVersion(RunningMesh.Instance mesh) throws Exception {
        Path project = folder.resolve("project");
        run(mesh, "plugin", "new", "e2e-number", "--kind", "collector", "--directory", project.toString());
        load(mesh, project);
        assertThat(status(mesh, "reason")).isEqualTo("not used: set url");

        run(
                mesh,
                "plugin",
                "configure",
                PLUGIN,
                "url=http://127.0.0.1:" + page.getAddress().getPort() + "/number");
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(shown(mesh)).contains("e2e_number_value 42"));

        Path source = project.resolve("src/main/java/com/example/e2enumber/E2eNumberCollector.java");
        Files.writeString(source, Files.readString(source).replace("parseDouble(text)", "parseDouble(text) * 2"));
        load(mesh, project);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(shown(mesh)).contains("e2e_number_value 84"));
        assertThat(status(mesh, "status")).isEqualTo("OK");
    }

    /** Maven finds everything where this build found it, and puts nothing of ours there. */
    private void load(RunningMesh.Instance mesh, Path project) throws IOException {
        run(
                mesh,
                "plugin",
                "dev",
                project.toString(),
                "--once",
                "--maven=--offline",
                "--maven=-Daether.offline.protocols=file",
                "--maven=-Dmaven.repo.local=" + borrowedRepository());
    }

    private Path borrowedRepository() throws IOException {
        Path borrowed = folder.resolve("m2");
        if (Files.exists(borrowed)) {
            return borrowed;
        }
        Files.createDirectories(borrowed);
        Path own = Path.of(System.getProperty("e2e.maven.repository"));
        try (Stream<Path> groups = Files.list(own)) {
            for (Path group : groups.filter(group -> !group.endsWith("dev")).toList()) {
                links.add(Files.createSymbolicLink(borrowed.resolve(group.getFileName()), group));
            }
        }
        return borrowed;
    }

    private static void run(RunningMesh.Instance mesh, String... command) {
        mesh.binnacle().run(Duration.ofSeconds(120), command).mustSucceed(String.join(" ", command));
    }

    private static String shown(RunningMesh.Instance mesh) {
        return new Traffic()
                .get(mesh.app() + "/plugins/exporter-prometheus/metrics")
                .body();
    }

    private static String status(RunningMesh.Instance mesh, String field) {
        JsonNode plugins =
                Binnacle.json(new Traffic().get(mesh.app() + "/api/v1/plugins").body());
        return StreamSupport.stream(plugins.spliterator(), false)
                .filter(plugin -> plugin.path("id").asText().equals(PLUGIN))
                .findFirst()
                .orElseThrow()
                .path(field)
                .asText();
    }
}
