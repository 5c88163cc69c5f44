package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Failures made on purpose, and told apart from others: {@code istio/scenarios/fault-injection}. */
@Scenario("istio/scenarios/fault-injection")
class FaultInjectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ABORT = "fault=abort";

    @Test
    void halfOfTheRequestsThatAskForItFailBeforeTheyArrive(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        int requests = 200;
        var atSource = Increase.atSource(mesh, "storefront", "orders", "response_code", "response_flags");
        var atDestination = Increase.atDestination(mesh, "storefront", "orders", "response_code", "response_flags");

        Map<Integer, Integer> seen = Shop.statuses(requests, () -> shop.orders("baggage", ABORT));

        assertThat(seen.keySet()).containsExactly(200, 502);
        Share.assertFits(seen.get(502), requests, 0.5);
        atSource.awaitEqual(Map.of("500 FI", seen.get(502), "200 -", seen.get(200)));
        atDestination.awaitEqual(Map.of("200 -", seen.get(200)));
    }

    @Test
    void nobodyElseIsTouched(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);

        assertThat(Shop.statuses(30, shop::orders)).isEqualTo(Map.of(200, 30));
        assertThat(Shop.statuses(10, () -> shop.orders("baggage", "fault=aborted")))
                .isEqualTo(Map.of(200, 10));
        assertThat(Shop.statuses(10, () -> shop.catalog("baggage", ABORT))).isEqualTo(Map.of(200, 10));
    }

    @Test
    void aDelayIsFeltByTheCallerOnly(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        shop.orders();
        var requests = Increase.atSource(mesh, "storefront", "orders", "response_code", "response_flags");
        var waited = milliseconds(mesh, "source");
        var worked = milliseconds(mesh, "destination");

        for (int i = 0; i < 3; i++) {
            assertThat(shop.orders("baggage", "customer=7,fault=delay").status())
                    .isEqualTo(200);
        }

        requests.awaitEqual(Map.of("200 DI", 3));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(waited.inPrometheus())
                    .hasEntrySatisfying("DI", ms -> assertThat(ms).isGreaterThanOrEqualTo(3 * 700));
            assertThat(worked.inPrometheus())
                    .hasEntrySatisfying("-", ms -> assertThat(ms).isLessThan(700));
        });
    }

    @Test
    void grpcCallsFailWithAStatusOfGrpc(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        var calls = new Increase(
                mesh,
                "istio_requests_total",
                Map.of("reporter", "source", "destination_service_name", "inventory"),
                "response_code",
                "grpc_response_status",
                "response_flags");

        assertThat(Shop.statuses(4, () -> shop.catalog("baggage", "fault=stock")))
                .isEqualTo(Map.of(503, 4));
        assertThat(shop.catalog().status()).isEqualTo(200);

        calls.awaitEqual(Map.of("200 8 FI", 4, "200 0 -", 1));
    }

    @Test
    void failuresThatNobodyPlannedHaveNoSuchFlag(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        var orders = new Pods(mesh);
        var counted = Increase.atSource(mesh, "storefront", "orders", "response_code", "response_flags");
        var seen = new TreeMap<Integer, Integer>();

        RunningMesh.kill(mesh.pod("orders", "v1").get("pid").asLong());
        for (int i = 0; i < 20; i++) {
            seen.merge(shop.orders("baggage", ABORT).status(), 1, Integer::sum);
            seen.merge(shop.orders().status(), 1, Integer::sum);
        }
        orders.awaitNew("orders", PATIENCE);

        assertThat(seen).as("planned and other failures").containsKeys(502, 503);
        Map<String, Integer> byFlags = counted.awaitTotal(40);
        assertThat(byFlags).containsEntry("500 FI", seen.get(502));
        assertThat(byFlags.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("503") && !e.getKey().contains("FI"))
                        .mapToInt(Map.Entry::getValue)
                        .sum())
                .isEqualTo(seen.get(503));
    }

    private static Increase milliseconds(RunningMesh.Instance mesh, String reporter) {
        return new Increase(
                mesh,
                "istio_request_duration_milliseconds_sum",
                Map.of("reporter", reporter, "source_workload", "storefront", "destination_service_name", "orders"),
                "response_flags");
    }
}
