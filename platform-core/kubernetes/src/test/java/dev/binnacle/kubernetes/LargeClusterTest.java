package dev.binnacle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.kubernetes.testkit.ApiServer;
import dev.binnacle.kubernetes.testkit.LargeCluster;
import dev.binnacle.kubernetes.testkit.NeedsKubernetes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** 2,000 pods and 1,000 services; prints the figures of docs/benchmarks.md. */
@NeedsKubernetes
class LargeClusterTest {
    private static final int PODS = 2_000;
    private static final int SERVICES = 1_000;

    @Test
    void allOfALargeClusterIsSeen(ApiServer server) throws Exception {
        server.installCustomResources();
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + Replica.NAMESPACE + "}}");
        LargeCluster.create(server, PODS, SERVICES);
        long before = usedMemory();
        long begun = System.nanoTime();
        try (var replica = new Replica(server.kubeconfig(), "large")) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> replica.platform.cluster().isComplete());
            long ready = System.nanoTime() - begun;
            var state = replica.platform.cluster().state();
            assertThat(state.pods()).isGreaterThanOrEqualTo(PODS);
            assertThat(state.manifests()).hasSizeGreaterThanOrEqualTo(PODS + SERVICES);
            System.out.printf(
                    "figure: %d pods, %d services: ready after %d ms, %.1f MB kept%n",
                    PODS, SERVICES, Duration.ofNanos(ready).toMillis(), (usedMemory() - before) / 1e6);
        } finally {
            LargeCluster.delete(server);
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
