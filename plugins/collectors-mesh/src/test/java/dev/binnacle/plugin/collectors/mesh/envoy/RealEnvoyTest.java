package dev.binnacle.plugin.collectors.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.TestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector in front of a running Envoy, when {@code -Dbinnacle.envoy} or {@code BINNACLE_ENVOY} names one. */
class RealEnvoyTest {
    @TempDir
    Path folder;

    private Process envoy;

    @BeforeEach
    void launch() throws Exception {
        String binary = System.getProperty("binnacle.envoy", System.getenv("BINNACLE_ENVOY"));
        assumeTrue(binary != null && !binary.isBlank(), "no Envoy is given: -Dbinnacle.envoy=PATH");
        Files.writeString(folder.resolve("bootstrap.json"), """
                {"node": {"id": "sidecar~127.0.0.1~a.default~x", "cluster": "a.default"},
                 "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}},
                 "dynamic_resources": {"cds_config": {"resource_api_version": "V3",
                   "path_config_source": {"path": "%s"}}},
                 "static_resources": {"clusters": [{"name": "xds-grpc", "type": "STATIC", "connect_timeout": "1s"}]}}
                """.formatted(folder.resolve("cds.json")));
        Files.writeString(folder.resolve("cds.json"), """
                {"version_info": "1", "resources": [{
                  "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
                  "name": "outbound|80||a", "type": "STATIC", "connect_timeout": "1s",
                  "load_assignment": {"cluster_name": "a", "endpoints": [{"lb_endpoints": [
                    {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 9}}}}]}]}}]}
                """);
        envoy = new ProcessBuilder(
                        binary,
                        "-c",
                        folder.resolve("bootstrap.json").toString(),
                        "--admin-address-path",
                        folder.resolve("admin").toString(),
                        "--concurrency",
                        "1",
                        "--disable-hot-restart",
                        "-l",
                        "critical")
                .inheritIO()
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        if (envoy != null) {
            envoy.destroy();
            if (!envoy.waitFor(10, TimeUnit.SECONDS)) {
                envoy.destroyForcibly();
            }
        }
    }

    @Test
    void aRunningEnvoyIsReadWhole() throws Exception {
        var factory = new EnvoyCollectorFactory();
        try (var context = TestContext.of(factory, Map.of());
                var collector = factory.create(context)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("admin")));
            context.layOut(new Proxy(
                    "a",
                    "default",
                    "a",
                    URI.create("http://"
                            + Files.readString(folder.resolve("admin")).strip())));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(collector.collect(Instant.now()).stream()
                                    .collect(Collectors.toMap(RealEnvoyTest::shortName, Sample::value)))
                            .containsEntry("binnacle_envoy_up{}", 1.0)
                            .containsEntry("binnacle_envoy_live{}", 1.0)
                            .containsEntry("binnacle_envoy_control_plane_connected{}", 0.0)
                            .containsEntry(
                                    "binnacle_envoy_cluster_endpoints{cluster=\"outbound|80||a\",health=\"healthy\"}",
                                    1.0)
                            .containsEntry("binnacle_envoy_config_resources{type=\"clusters\"}", 1.0)
                            .containsEntry("binnacle_envoy_config_resources{type=\"listeners\"}", 0.0)
                            // Without an HTTP listener Envoy has no such dump at all.
                            .containsEntry("binnacle_envoy_config_resources{type=\"routes\"}", 0.0));
        }
    }

    private static String shortName(Sample sample) {
        var labels =
                sample.series().labels().with("pod", "").with("namespace", "").with("workload", "");
        return sample.series().name() + labels;
    }
}
