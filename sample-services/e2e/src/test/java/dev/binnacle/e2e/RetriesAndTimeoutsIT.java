package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is tried again, how often, and how long callers wait: {@code istio/scenarios/retries-and-timeouts}. */
@Scenario("istio/scenarios/retries-and-timeouts")
class RetriesAndTimeoutsIT {
    private static final int ORDERS = 40;
    private static final int MOST_ATTEMPTS = 5;
    private static final String[] FIELDS = {"destination_version", "response_code", "response_flags"};

    @Test
    void withoutASecondAttemptCallersSeeEveryFailure(RunningMesh.Instance mesh) {
        var atSource = Increase.atSource(mesh, "orders", "payments", FIELDS);
        var atDestination = Increase.atDestination(mesh, "orders", "payments", FIELDS);

        Map<Integer, Integer> seen = orders(mesh, ORDERS, "once");

        assertThat(seen.keySet()).containsExactly(201, 503);
        Share.assertFits(seen.get(503), ORDERS, 0.5);
        var counted = Map.of("flaky 201 -", seen.get(201), "flaky 503 -", seen.get(503));
        atSource.awaitEqual(counted);
        atDestination.awaitEqual(counted);
    }

    @Test
    void retriesHideFailuresFromCallersAndMultiplyCalls(RunningMesh.Instance mesh) {
        var attempts = new LinesOf(mesh, "payments-flaky-0");
        var atSource = Increase.atSource(mesh, "orders", "payments", FIELDS);
        var atDestination = Increase.atDestination(mesh, "orders", "payments", "response_code");

        Map<Integer, Integer> seen = orders(mesh, ORDERS, "anybody");

        int failed = seen.getOrDefault(503, 0);
        assertThat(failed).as("orders that failed five times").isLessThan(ORDERS / 5);
        atSource.awaitEqual(Map.of("flaky 201 -", seen.get(201), "flaky 503 URX", failed));
        attempts.awaitCount("attempt 1 ", ORDERS);
        attempts.awaitCount("attempt " + MOST_ATTEMPTS + " status 503", failed);
        attempts.awaitCount("attempt " + (MOST_ATTEMPTS + 1), 0);
        int failedAttempts = attempts.count("status 503");
        assertThat(failedAttempts).isGreaterThan(failed * MOST_ATTEMPTS);
        atDestination.awaitEqual(Map.of("201", seen.get(201), "503", failedAttempts));
    }

    @Test
    void aTimeoutEndsTheWholeRequest(RunningMesh.Instance mesh) {
        var atSource = Increase.atSource(mesh, "orders", "payments", FIELDS);
        var atDestination = Increase.atDestination(mesh, "orders", "payments", FIELDS);

        assertThat(orders(mesh, 3, "hurried")).isEqualTo(Map.of(504, 3));

        atSource.awaitEqual(Map.of("slow 504 UT", 3));
        atDestination.awaitEqual(Map.of("slow 0 DC", 3));
    }

    @Test
    void eachAttemptHasATimeLimitOfItsOwn(RunningMesh.Instance mesh) {
        var atSource = Increase.atSource(mesh, "orders", "payments", FIELDS);
        var atDestination = Increase.atDestination(mesh, "orders", "payments", FIELDS);

        assertThat(orders(mesh, 2, "impatient")).isEqualTo(Map.of(504, 2));

        atSource.awaitEqual(Map.of("slow 504 URX,UT", 2));
        atDestination.awaitEqual(Map.of("slow 0 DC", 2 * 3));
    }

    private static Map<Integer, Integer> orders(RunningMesh.Instance mesh, int count, String group) {
        var shop = new Shop(mesh);
        return Shop.statuses(count, () -> shop.order(1, "x-user-group", group));
    }
}
