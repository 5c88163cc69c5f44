package dev.binnacle.plugin.collector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.kubernetes.testkit.ApiServer;
import dev.binnacle.kubernetes.testkit.LargeCluster;
import dev.binnacle.kubernetes.testkit.NeedsKubernetes;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 2,000 pods and 1,000 services in one namespace; prints the figures of docs/benchmarks.md. */
@NeedsKubernetes
class LargeClusterTest {
    private static final int PODS = 2_000;
    private static final int SERVICES = 1_000;

    @Test
    void allOfALargeClusterIsSeenAtOnce(ApiServer server) throws Exception {
        LargeCluster.create(server, PODS, SERVICES);
        var settings = Map.of(
                "namespaces",
                LargeCluster.NAMESPACE,
                "timeout",
                "1m",
                "kubeconfig",
                server.kubeconfig().toString());
        try (var context = TestContext.of(new KubernetesCollectorFactory(), settings);
                var collector = new KubernetesCollectorFactory().create(context)) {
            long before = usedMemory();
            long begun = System.nanoTime();
            int series = seriesOf(collector);
            long first = System.nanoTime() - begun;
            long kept = usedMemory() - before;
            begun = System.nanoTime();
            assertThat(collector.collect(Instant.EPOCH)).hasSize(series);
            System.out.printf(
                    "%d pods, %d services: first run %d ms, later ones %d ms, %d series, %.1f MB kept%n",
                    PODS,
                    SERVICES,
                    Duration.ofNanos(first).toMillis(),
                    Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                    series,
                    kept / 1e6);
        } finally {
            LargeCluster.delete(server);
        }
    }

    private static int seriesOf(Collector collector) throws Exception {
        var samples = collector.collect(Instant.EPOCH);
        assertThat(count(samples, "binnacle_kubernetes_pod_info")).isEqualTo(PODS);
        assertThat(count(samples, "kube_service_info")).isEqualTo(SERVICES);
        return samples.size();
    }

    private static long count(List<Sample> samples, String name) {
        return samples.stream()
                .filter(sample -> sample.series().name().equals(name))
                .count();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
