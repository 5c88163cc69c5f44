package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Istio YAML decides where requests go, and Prometheus counts exactly what the client saw. */
@ExtendWith(RunningMesh.class)
class RoutingIT {
    private final Traffic traffic = new Traffic();

    @BeforeEach
    @AfterEach
    void eightyTwenty(RunningMesh.Instance mesh) {
        mesh.binnacle().apply("weights.yaml", catalogWeights(80, 20)).mustSucceed("apply 80/20");
    }

    @Test
    void theSplitHoldsAndPrometheusCountsWhatTheClientCounted(RunningMesh.Instance mesh) {
        int requests = 1500;
        var atSource = Increase.atSource(mesh, "storefront", "catalog", "destination_version", "response_code");
        var atDestination =
                Increase.atDestination(mesh, "storefront", "catalog", "destination_version", "response_code");

        Map<String, Integer> seen = traffic.versionsOf(requests, mesh.ingress() + "/api/catalog");

        assertThat(seen.keySet()).containsExactly("v1", "v2");
        Share.assertFits(seen.get("v1"), requests, 0.8);
        var counted = Map.of("v1 200", seen.get("v1"), "v2 200", seen.get("v2"));
        atSource.awaitEqual(counted);
        atDestination.awaitEqual(counted);
    }

    @Test
    void aHeaderSendsTestersToVersionTwo(RunningMesh.Instance mesh) {
        assertThat(traffic.versionsOf(40, mesh.ingress() + "/api/catalog", "x-user-group", "testers"))
                .isEqualTo(Map.of("v2", 40));
    }

    @Test
    void aChangedWeightIsLiveEverywhereWhenApplyReturnsAndNoRequestFails(RunningMesh.Instance mesh) {
        String url = mesh.ingress() + "/api/catalog";
        mesh.awaitNothingDrains();
        var load = new BackgroundLoad(url, Traffic::new);
        try (load) {
            for (int round = 0; round < 3; round++) {
                mesh.binnacle().apply("weights.yaml", catalogWeights(0, 100)).mustSucceed("apply 0/100");
                assertThat(traffic.versionsOf(50, url)).isEqualTo(Map.of("v2", 50));
                mesh.binnacle().apply("weights.yaml", catalogWeights(100, 0)).mustSucceed("apply 100/0");
                assertThat(traffic.versionsOf(50, url)).isEqualTo(Map.of("v1", 50));
            }
        }
        assertThat(load.sent()).isPositive();
        assertThat(load.failures()).as("failed requests of " + load.sent()).isZero();
    }

    @Test
    void anInvalidResourceIsRefusedWithEveryProblemAndChangesNothing(RunningMesh.Instance mesh) {
        String broken = catalogWeights(80, 20).replace("weight: 80", "wieght: 80")
                + "---\n"
                + catalogWeights(80, 20)
                        .replace("name: catalog\n", "name: other\n")
                        .replace("- catalog\n", "- orders\n")
                        .replace("subset: v2", "subset: v3");

        Binnacle.Result refused = mesh.binnacle().apply("broken.yaml", broken);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err())
                .contains("broken.yaml:")
                .contains("wieght")
                .contains("v3");
        assertThat(refused.err().lines()).containsAll(errorsFoundByCheck(mesh, "broken.yaml"));
        assertThat(traffic.get(mesh.ingress() + "/api/catalog").status()).isEqualTo(200);
    }

    private static List<String> errorsFoundByCheck(RunningMesh.Instance mesh, String applied) {
        String file =
                mesh.binnacle().directory().resolve("applied").resolve(applied).toString();
        var checked = mesh.binnacle()
                .run(Duration.ofSeconds(60), "check", "-f", "sample-services/kubernetes", "-f", "istio", "-f", file);
        assertThat(checked.exitCode()).isEqualTo(1);
        return checked.out().lines().filter(line -> line.startsWith("ERROR ")).toList();
    }

    static String catalogWeights(int v1, int v2) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata:
                  name: catalog
                  namespace: default
                spec:
                  hosts:
                  - catalog
                  http:
                  - name: testers
                    match:
                    - headers:
                        x-user-group:
                          exact: testers
                    route:
                    - destination:
                        host: catalog
                        subset: v2
                  - name: split
                    route:
                    - destination:
                        host: catalog
                        subset: v1
                      weight: %d
                    - destination:
                        host: catalog
                        subset: v2
                      weight: %d
                """.formatted(v1, v2);
    }
}
