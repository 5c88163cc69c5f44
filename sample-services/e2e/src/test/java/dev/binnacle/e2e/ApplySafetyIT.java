package dev.binnacle.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of a running mesh break nothing on their way. */
@ExtendWith(RunningMesh.class)
class ApplySafetyIT {
    /** {@code -Dbinnacle.switches=1000} takes two minutes. */
    private static final int SWITCHES = Integer.getInteger("binnacle.switches", 60);

    /** What changes when Envoy takes a listener or a cluster to be another one than before. */
    private static final List<String> SIGNS = List.of(
            "envoy_cluster_manager_cds_version",
            "envoy_cluster_manager_cluster_added",
            "envoy_cluster_manager_cluster_modified",
            "envoy_listener_manager_lds_version",
            "envoy_listener_manager_listener_added",
            "envoy_listener_manager_listener_modified",
            "envoy_listener_manager_total_listeners_draining");

    private final Traffic traffic = new Traffic();

    @Test
    void subsetsThatComeAndGoUnderLoadFailNoRequest(RunningMesh.Instance mesh) {
        String url = mesh.ingress() + "/api/catalog";
        String app = mesh.binnacle().status().at("/app/url").asText();
        mesh.awaitNothingDrains();
        var load = new BackgroundLoad(url, () -> traffic);
        try (load) {
            for (int i = 0; i < SWITCHES; i++) {
                apply(app, i % 2 == 0 ? onlySubset("blue", "v1") : onlySubset("green", "v2"));
            }
        } finally {
            mesh.binnacle()
                    .apply("weights.yaml", subsets() + RoutingIT.catalogWeights(80, 20))
                    .mustSucceed("80/20");
        }
        assertThat(load.sent()).isGreaterThan(SWITCHES);
        assertThat(load.failures()).as("failed of %d requests", load.sent()).isZero();
    }

    @Test
    void aRestartedAppChangesNoVersionAndDrainsNoListener(RunningMesh.Instance mesh) {
        var before = settledSigns(mesh);
        long killed = mesh.binnacle().status().at("/app/pid").asLong();

        RunningMesh.kill(killed);

        mesh.awaitAppInThePlaceOf(killed);
        var after = signs(mesh.binnacle().status());
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after)
                .allSatisfy(
                        (pod, signs) -> assertThat(signs).as("Envoy of %s", pod).isEqualTo(before.get(pod)));
    }

    /** Returns the signs once they stand still: a case before may have started Envoys that still get their first configuration. */
    private Map<String, Map<String, String>> settledSigns(RunningMesh.Instance mesh) {
        var seen = new ArrayList<Map<String, Map<String, String>>>();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var status = mesh.binnacle().status();
                    RunningMesh.Instance.requireInStep(status);
                    seen.add(signs(status));
                    assertThat(seen.getLast())
                            .isNotEmpty()
                            .allSatisfy(
                                    (pod, signs) -> assertThat(signs).as(pod).hasSize(SIGNS.size()))
                            .isEqualTo(seen.size() > 1 ? seen.get(seen.size() - 2) : Map.of());
                });
        return seen.getLast();
    }

    private Map<String, Map<String, String>> signs(JsonNode status) {
        var result = new TreeMap<String, Map<String, String>>();
        for (JsonNode pod : status.get("pods")) {
            if (!pod.get("sidecar").isNull()) {
                result.put(
                        pod.get("name").asText(), signs(pod.at("/sidecar/stats").asText()));
            }
        }
        return result;
    }

    private Map<String, String> signs(String url) {
        var result = new TreeMap<String, String>();
        traffic.get(url).body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String name = line.substring(0, line.indexOf('{'));
            if (SIGNS.contains(name)) {
                result.put(name, line.substring(line.lastIndexOf(' ') + 1));
            }
        });
        return result;
    }

    private static void apply(String app, String yaml) {
        given().baseUri(app)
                .contentType(ContentType.JSON)
                .body(Map.of("files", List.of(Map.of("name", "switch.yaml", "text", yaml))))
                .post("/api/v1/apply")
                .then()
                .statusCode(200);
    }

    private static String onlySubset(String name, String version) {
        return destinationRule("  - {name: %s, labels: {version: %s}}\n".formatted(name, version))
                + """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: catalog, namespace: default}
                spec:
                  hosts: [catalog]
                  http:
                  - route: [{destination: {host: catalog, subset: %s}}]
                """.formatted(name);
    }

    private static String subsets() {
        return destinationRule("  - {name: v1, labels: {version: v1}}\n  - {name: v2, labels: {version: v2}}\n");
    }

    private static String destinationRule(String subsets) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: catalog, namespace: default}
                spec:
                  host: catalog
                  subsets:
                %s---
                """.formatted(subsets);
    }
}
