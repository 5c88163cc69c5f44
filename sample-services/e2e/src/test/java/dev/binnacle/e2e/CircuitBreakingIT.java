package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A pod that fails is left out: {@code istio/scenarios/circuit-breaking}. */
@Scenario("istio/scenarios/circuit-breaking")
class CircuitBreakingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String FAILURES =
            "sum(istio_requests_total{reporter=\"source\",source_workload=\"orders\",destination_workload=\"payments-flaky\",response_code=~\"5..\"})";
    private static final int IN_A_ROW = 20;

    @Test
    void aPodThatFailsIsEjectedAndItsFailuresAreCounted(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        int failed = 0;
        int inARow = 0;
        for (int i = 0; i < 200 && inARow < IN_A_ROW; i++) {
            int status = shop.order(1).status();
            inARow = status < 300 && status > 0 ? inARow + 1 : 0;
            failed += status >= 500 ? 1 : 0;
        }

        assertThat(failed).as("orders that met the flaky pod").isPositive();
        assertThat(inARow).as("orders in a row without it").isEqualTo(IN_A_ROW);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(mesh.prometheus().value(FAILURES)).isBetween(3.0, 20.0));
    }
}
