package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.plugins.PluginZip;
import dev.binnacle.spi.export.ExporterFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A plugin fills the app's heap while another's samples wait: the app is back without the one, and with what the other left. */
@ExtendWith(RunningMesh.class)
class HeapEaterIT {
    private static final String EATS = "var all = new ArrayList<byte[]>(); while (true) all.add(new byte[1 << 20]);";
    private static final int NUMBERS = 500;

    /** Takes nothing until there is a file {@code open}; then writes the numbers of each batch on lines of {@code kept}. */
    private static final String KEEPER = """
            package demo;
            import dev.binnacle.spi.*;
            import dev.binnacle.spi.context.*;
            import dev.binnacle.spi.export.*;
            import dev.binnacle.spi.model.*;
            import java.nio.file.*;
            import java.util.*;
            public class Keeper implements ExporterFactory {
                public ExtensionDescriptor descriptor() {
                    return new ExtensionDescriptor(ExtensionKind.EXPORTER, "exporter-e2e-keeper", Stability.BETA, "Test", List.of());
                }
                public Exporter create(ExtensionContext context) {
                    return new Exporter() {
                        public void export(List<Sample> batch) throws ExportException {
                            if (!Files.exists(Path.of("%1$s/open"))) {
                                throw new ExportException(FailureKind.TRANSIENT, "closed", null);
                            }
                            var lines = batch.stream()
                                    .filter(sample -> sample.series().family().name().equals("seen"))
                                    .map(sample -> sample.series().labels().get("run").orElseThrow() + " " + (long) sample.value())
                                    .toList();
                            try {
                                Files.write(Path.of("%1$s/kept"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            } catch (java.io.IOException e) {
                                throw new ExportException(FailureKind.TRANSIENT, "not kept", e);
                            }
                        }
                        public void close() {}
                    };
                }
            }
            """;

    @TempDir
    private Path folder;

    @AfterEach
    void remove(RunningMesh.Instance mesh) {
        mesh.binnacle().run(Duration.ofSeconds(30), "plugin", "remove", "e2e-eater");
        mesh.binnacle().run(Duration.ofSeconds(30), "plugin", "remove", "e2e-numbers");
    }

    @Test
    void whatWaitsIsDeliveredByTheNextProcessWhichKeepsTheEaterOut(RunningMesh.Instance mesh) throws Exception {
        install(mesh, numbers()).mustSucceed("plugin install");
        await().atMost(Duration.ofSeconds(30)).until(() -> queued(mesh) >= NUMBERS);
        List<String> runs = Files.readAllLines(folder.resolve("runs"));

        long killed = mesh.binnacle().status().at("/app/pid").asLong();
        // The app may be gone before it has answered.
        install(mesh, PluginZip.withCollector("e2e-eater", EATS));
        mesh.awaitAppInThePlaceOf(killed);

        // The new process answers before it has looked at every plugin.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(plugin(mesh, "e2e-eater").path("status").asText()).isEqualTo("Failed");
            assertThat(plugin(mesh, "e2e-eater").path("reason").asText()).startsWith("quarantined");
            assertThat(plugin(mesh, "e2e-numbers").path("status").asText()).isEqualTo("OK");
        });

        Files.createFile(folder.resolve("open"));
        var wanted = runs.stream()
                .flatMap(run -> IntStream.range(0, NUMBERS).mapToObj(number -> run + " " + number))
                .toList();
        Path kept = folder.resolve("kept");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(kept).exists();
            assertThat(Files.readAllLines(kept)).doesNotHaveDuplicates().containsSubsequence(wanted);
        });
    }

    private PluginZip numbers() {
        return PluginZip.withCollector("e2e-numbers", """
                        String run = Long.toString(at.toEpochMilli());
                        var samples = new ArrayList<Sample>();
                        for (int i = 0; i < %d; i++) samples.add(SEEN.sample(Labels.of("run", run), i, at.plusMillis(i)));
                        try {
                            java.nio.file.Files.writeString(java.nio.file.Path.of("%s/runs"), run + "\\n",
                                    java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                        return samples;
                        """.formatted(NUMBERS, folder))
                .declare("exporter-e2e-keeper")
                .service(ExporterFactory.class, "demo.Keeper")
                .source("Keeper", KEEPER.formatted(folder));
    }

    private Binnacle.Result install(RunningMesh.Instance mesh, PluginZip plugin) throws IOException {
        Path zip = plugin.writeTo(folder);
        return mesh.binnacle().run(Duration.ofSeconds(60), "plugin", "install", zip.toString());
    }

    private static double queued(RunningMesh.Instance mesh) {
        return new Traffic()
                .get(mesh.app() + "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("binnacle_pipeline_queued_samples{exporter=\"exporter-e2e-keeper\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static JsonNode plugin(RunningMesh.Instance mesh, String id) {
        JsonNode all =
                Binnacle.json(new Traffic().get(mesh.app() + "/api/v1/plugins").body());
        return StreamSupport.stream(all.spliterator(), false)
                .filter(each -> each.path("plugin").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no plugin " + id + " in " + all));
    }
}
