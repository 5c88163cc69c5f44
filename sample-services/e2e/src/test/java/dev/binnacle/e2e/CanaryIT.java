package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions share requests by weight: {@code istio/scenarios/canary}, step by step. */
@Scenario("istio/scenarios/canary")
class CanaryIT {
    private static final int REQUESTS = 250;

    @ParameterizedTest
    @CsvSource({"90,10", "50,50", "0,100"})
    void eachVersionGetsItsShareAndPrometheusCountsTheSame(int v1, int v2, RunningMesh.Instance mesh)
            throws IOException {
        String yaml =
                Files.readString(mesh.binnacle().cloneFolder().resolve("istio/scenarios/canary/virtual-service.yaml"));
        mesh.binnacle()
                .apply(
                        "canary.yaml",
                        yaml.replace("weight: 90", "weight: " + v1).replace("weight: 10", "weight: " + v2))
                .mustSucceed("apply " + v1 + "/" + v2);
        var atSource = Increase.atSource(mesh, "storefront", "catalog", "destination_version", "response_code");
        var atDestination =
                Increase.atDestination(mesh, "storefront", "catalog", "destination_version", "response_code");

        Map<String, Integer> seen = new Traffic().versionsOf(REQUESTS, mesh.ingress() + "/api/catalog");

        assertThat(seen.keySet()).isSubsetOf("v1", "v2");
        Share.assertFits(seen.getOrDefault("v2", 0), REQUESTS, v2 / 100.0);
        Map<String, Integer> counted =
                seen.entrySet().stream().collect(Collectors.toMap(e -> e.getKey() + " 200", Map.Entry::getValue));
        atSource.awaitEqual(counted);
        atDestination.awaitEqual(counted);
    }
}
