package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be scraped is pushed, and gets to the same Prometheus once. */
@ExtendWith(RunningMesh.class)
class PushIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path JOB = Path.of("sample-services/stock-report/target/stock-report.jar");

    private final Traffic traffic = new Traffic();

    @Test
    void aServicesPushByOtlpArrivesByRemoteWrite(RunningMesh.Instance mesh) {
        for (int i = 0; i < 7; i++) {
            assertThat(traffic.post(mesh.ingress() + "/api/orders", "{\"sku\":\"rope\",\"quantity\":2}")
                            .status())
                    .isEqualTo(201);
        }

        // The same process counts the same orders for whoever scrapes it: pushed once, and none is lost.
        var prometheus = mesh.prometheus();
        await().atMost(PATIENCE).untilAsserted(() -> {
            double scraped = prometheus.value("sum(orders_placed_total)");
            assertThat(scraped).isGreaterThanOrEqualTo(7);
            assertThat(prometheus.value("sum(orders_basket_size_count)")).isEqualTo(scraped);
        });
        assertThat(traffic.get(mesh.app() + "/plugins/exporter-prometheus/metrics")
                        .body())
                .as("what Prometheus scrapes of the platform")
                .doesNotContain("orders_basket_size");
    }

    @Test
    void aJobsResultIsThereWhenTheJobIsGone(RunningMesh.Instance mesh, @TempDir Path folder) throws Exception {
        assertThat(run(mesh, folder)).isZero();

        var prometheus = mesh.prometheus();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(prometheus.value("count(stock_report_articles{job=\"stock-report\"})"))
                    .isEqualTo(1);
            assertThat(prometheus.value("time() - stock_report_last_success_timestamp_seconds"))
                    .isBetween(0.0, 60.0);
        });
    }

    private static int run(RunningMesh.Instance mesh, Path folder) throws IOException, InterruptedException {
        var job = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                mesh.binnacle().cloneFolder().resolve(JOB).toString());
        job.environment()
                .putAll(Map.of(
                        "CATALOG_URL",
                        mesh.ingress() + "/",
                        "PUSHGATEWAY_URL",
                        URI.create(mesh.binnacle()
                                        .status()
                                        .at("/pushgateway/url")
                                        .asText())
                                .toString()));
        var process = job.redirectErrorStream(true)
                .redirectOutput(folder.resolve("job.log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
