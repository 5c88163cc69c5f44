package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What exceeds a limit is refused, and no failure: {@code istio/scenarios/rate-limit}. */
@Scenario("istio/scenarios/rate-limit")
class RateLimitIT {
    private static final int REQUESTS = 120;

    @Test
    void whatIsTooMuchIsRefusedAndNotCountedAsAFailure(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        // A connection of before goes by what was said before, until it has had one more answer.
        Shop.statuses(10, shop::catalog);
        var atSource = Increase.atSource(mesh, "istio-ingressgateway", "storefront", "response_code", "response_flags");
        var atDestination =
                Increase.atDestination(mesh, "istio-ingressgateway", "storefront", "response_code", "response_flags");

        var statuses = Shop.statuses(REQUESTS, shop::catalog);

        assertThat(statuses).containsOnlyKeys(200, 429);
        atSource.awaitEqual(Map.of("200 -", statuses.get(200), "429 -", statuses.get(429)));
        atDestination.awaitEqual(Map.of("200 -", statuses.get(200), "429 RL", statuses.get(429)));
        assertThat(mesh.binnacle()
                        .run(Duration.ofSeconds(30), "why", "istio-ingressgateway", "http://localhost/api/catalog")
                        .mustSucceed("why")
                        .out())
                .contains("EnvoyFilter default/storefront-rate-limit", "others get 429");
    }
}
