package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A header picks the version of a service two calls behind the door: {@code istio/scenarios/testers-by-header}. */
@Scenario("istio/scenarios/testers-by-header")
class TestersByHeaderIT {
    private static final int ABOVE_THE_LIMIT_OF_V2 = 2;

    @Test
    void onlyTestersArePaidByVersionTwo(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        var counted = Increase.atSource(mesh, "orders", "payments", "destination_version", "response_code");

        assertThat(Shop.statuses(6, () -> shop.order(ABOVE_THE_LIMIT_OF_V2, "x-user-group", "testers")))
                .isEqualTo(Map.of(402, 6));
        assertThat(Shop.statuses(1, () -> shop.order(1, "X-User-Group", "testers")))
                .isEqualTo(Map.of(201, 1));
        assertThat(Shop.statuses(6, () -> shop.order(ABOVE_THE_LIMIT_OF_V2))).isEqualTo(Map.of(201, 6));
        assertThat(Shop.statuses(2, () -> shop.order(ABOVE_THE_LIMIT_OF_V2, "x-user-group", "Testers")))
                .as("values are compared letter by letter")
                .isEqualTo(Map.of(201, 2));

        counted.awaitEqual(Map.of("v2 402", 6, "v2 201", 1, "v1 201", 8));
    }

    @Test
    void whyNamesTheRule(RunningMesh.Instance mesh) {
        String[] question = {"why", "orders", "payments", "--path", "/api/payments", "-H", "x-user-group: testers"};

        assertThat(mesh.binnacle()
                        .run(Duration.ofSeconds(30), question)
                        .mustSucceed("why")
                        .out())
                .contains("\"testers\" of VirtualService default/payments", "payments-v2-0.default");
    }
}
