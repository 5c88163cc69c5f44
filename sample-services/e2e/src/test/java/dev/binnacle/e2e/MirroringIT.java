package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A copy of each request for a version that nobody depends on: {@code istio/scenarios/mirroring}. */
@Scenario("istio/scenarios/mirroring")
class MirroringIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_PAYMENT_AT_THE_MIRROR = Duration.ofSeconds(1);
    private static final String[] FIELDS = {"destination_version", "response_code"};

    @Test
    void theMirrorGetsEachRequestAndNobodyWaitsForItsFailures(RunningMesh.Instance mesh) {
        int orders = 30;
        var shop = new Shop(mesh);
        var mirrored = new LinesOf(mesh, "payments-next-0");
        var atSource = Increase.atSource(mesh, "orders", "payments", FIELDS);
        var atDestination = Increase.atDestination(mesh, "orders", "payments", FIELDS);

        long began = System.nanoTime();
        assertThat(Shop.statuses(orders, () -> shop.order(1))).isEqualTo(Map.of(201, orders));
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isLessThan(A_PAYMENT_AT_THE_MIRROR.multipliedBy(orders));
        atSource.awaitEqual(Map.of("v1 201", orders));
        atDestination.awaitEqual(Map.of("v1 201", orders, "next 500", orders));
        mirrored.awaitCount("host payments-shadow:8080 status 500", orders);
    }

    @Test
    void aShareOfTheRequestsCanBeMirrored(RunningMesh.Instance mesh) throws IOException {
        int orders = 120;
        var shop = new Shop(mesh);
        String yaml = Files.readString(
                mesh.binnacle().cloneFolder().resolve("istio/scenarios/mirroring/virtual-service.yaml"));
        mesh.binnacle()
                .apply("mirroring.yaml", yaml.replace("value: 100", "value: 25"))
                .mustSucceed("apply 25 %");
        try {
            var atDestination = Increase.atDestination(mesh, "orders", "payments", FIELDS);
            var mirrored = new LinesOf(mesh, "payments-next-0");

            assertThat(Shop.statuses(orders, () -> shop.order(1))).isEqualTo(Map.of(201, orders));

            await("the last copy is answered")
                    .atMost(PATIENCE)
                    .during(A_PAYMENT_AT_THE_MIRROR.multipliedBy(2))
                    .until(() -> mirrored.count("payments-shadow")
                            == atDestination.inPrometheus().getOrDefault("next 500", 0));
            Share.assertFits(mirrored.count("payments-shadow"), orders, 0.25);
        } finally {
            mesh.binnacle().apply("mirroring.yaml", yaml).mustSucceed("apply 100 %");
        }
    }

    @Test
    void aMirrorThatIsGoneIsNotMissed(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        var pods = new Pods(mesh);
        var atSource = Increase.atSource(mesh, "orders", "payments", FIELDS);

        RunningMesh.kill(mesh.pod("payments", "next").get("pid").asLong());
        assertThat(Shop.statuses(10, () -> shop.order(1))).isEqualTo(Map.of(201, 10));

        atSource.awaitEqual(Map.of("v1 201", 10));
        pods.awaitNew("payments-next", PATIENCE);
    }
}
