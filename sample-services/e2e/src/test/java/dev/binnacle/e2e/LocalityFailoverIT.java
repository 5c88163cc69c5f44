package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Near pods first, far ones when those fail: {@code istio/scenarios/locality-failover}. */
@Scenario("istio/scenarios/locality-failover")
class LocalityFailoverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PAYMENTS = "istio/scenarios/locality-failover/payments.yaml";
    private static final String WORKS = "value: \"0\"";
    private static final String FAILS = "value: \"1\"";
    private static final int IN_A_ROW = 10;

    @Test
    void paymentsStayNearMoveAwayFromFailuresAndComeBack(RunningMesh.Instance mesh) throws IOException {
        assertPaidBy(mesh, "v1");

        applyPayments(mesh, FAILS);
        var counted = counting(mesh);
        int failures = failuresUntilAllIsWell(mesh);

        assertThat(failures)
                .as("orders that met the failing pod before it was ejected")
                .isBetween(2, 4);
        counted.awaitEqual(Map.of("v1 500", failures, "us 201", IN_A_ROW));

        applyPayments(mesh, WORKS);
        assertPaidBy(mesh, "v1");
    }

    @Test
    void withNobodyNearTheFarOnesTakeOver(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        var pods = new Pods(mesh);

        RunningMesh.kill(mesh.pod("payments", "v1").get("pid").asLong());
        await().atMost(PATIENCE).until(() -> shop.order(1).status() == 201);
        pods.awaitNew("payments", PATIENCE);

        assertPaidBy(mesh, "v1");
    }

    private static void assertPaidBy(RunningMesh.Instance mesh, String version) {
        var shop = new Shop(mesh);
        var counted = counting(mesh);
        assertThat(Shop.statuses(IN_A_ROW, () -> shop.order(1))).isEqualTo(Map.of(201, IN_A_ROW));
        counted.awaitEqual(Map.of(version + " 201", IN_A_ROW));
    }

    private static int failuresUntilAllIsWell(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        int failures = 0;
        for (int inARow = 0; inARow < IN_A_ROW; ) {
            boolean paid = shop.order(1).status() == 201;
            inARow = paid ? inARow + 1 : 0;
            failures += paid ? 0 : 1;
            assertThat(failures).as("failures").isLessThan(IN_A_ROW);
        }
        return failures;
    }

    private static Increase counting(RunningMesh.Instance mesh) {
        return Increase.atSource(mesh, "orders", "payments", "destination_version", "response_code");
    }

    /** Has the near pod work or fail from now on; it is a new pod then. */
    private static void applyPayments(RunningMesh.Instance mesh, String behaviour) throws IOException {
        var pods = new Pods(mesh);
        String yaml = Files.readString(mesh.binnacle().cloneFolder().resolve(PAYMENTS));
        mesh.binnacle()
                .apply("payments.yaml", yaml.replaceFirst(WORKS, behaviour))
                .mustSucceed("apply " + behaviour);
        pods.awaitNew("payments", PATIENCE);
    }
}
