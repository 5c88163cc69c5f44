package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The thing runs, says where, and Prometheus watches all of it. */
@ExtendWith(RunningMesh.class)
class FirstLightIT {
    @Test
    void statusHasTheFieldsOtherToolsRelyOn(RunningMesh.Instance mesh) {
        JsonNode status = mesh.binnacle().status();

        for (String pointer : List.of(
                "/app/url",
                "/app/pid",
                "/prometheus/url",
                "/prometheus/pid",
                "/alertmanager/url",
                "/pushgateway/url",
                "/ingress/http")) {
            assertThat(status.at(pointer).isMissingNode()).as(pointer).isFalse();
        }
        assertThat(status.get("pods")).hasSizeGreaterThanOrEqualTo(8);
        JsonNode catalog = mesh.pod("catalog", "v2");
        for (String field : List.of(
                "name",
                "namespace",
                "app",
                "version",
                "ready",
                "podIp",
                "appIp",
                "ports",
                "pid",
                "restarts",
                "sidecar")) {
            assertThat(catalog.has(field)).as(field).isTrue();
        }
        assertThat(catalog.at("/ports/http").asInt()).isEqualTo(8080);
        assertThat(catalog.at("/sidecar/synced").asBoolean()).isTrue();
        assertThat(catalog.at("/sidecar/stats").asText()).startsWith("http://127.");
    }

    @Test
    void theStorefrontAnswersThroughTheIngress(RunningMesh.Instance mesh) {
        var answer = new Traffic().get(mesh.ingress() + "/api/catalog");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.catalogVersion()).isIn("v1", "v2");
    }

    @Test
    void prometheusScrapesEveryPodOnceAndNothingIsDown(RunningMesh.Instance mesh) {
        List<String> pods = StreamSupport.stream(
                        mesh.binnacle().status().get("pods").spliterator(), false)
                .map(p -> p.get("podIp").asText() + ":15020")
                .sorted()
                .toList();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<Map<String, Object>> targets = mesh.prometheus().activeTargets();
            assertThat(targets.stream()
                            .map(RunningMeshTargets::address)
                            .filter(address -> address.endsWith(":15020"))
                            .sorted())
                    .containsExactlyElementsOf(pods);
            assertThat(targets)
                    .allSatisfy(
                            t -> assertThat(t.get("health")).as(t.toString()).isEqualTo("up"));
        });
    }

    @Test
    void theAdminListenerOnlyReads(RunningMesh.Instance mesh) {
        String admin = mesh.pod("catalog", "v1").at("/sidecar/admin").asText();

        assertThat(new Traffic().get(admin + "/clusters").status()).isEqualTo(200);
        assertThat(new Traffic().post(admin + "/quitquitquit", "").status()).isIn(403, 404, 405);
        assertThat(new Traffic().get(admin + "/clusters").status()).isEqualTo(200);
    }

    @Test
    void aSecondUpSaysThatOneIsRunning(RunningMesh.Instance mesh) {
        Binnacle.Result second = mesh.binnacle().run(Duration.ofSeconds(60), "up", "--detach");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.out() + second.err()).contains("runs already");
    }

    /** Reads the address out of what Prometheus says about a target. */
    private static final class RunningMeshTargets {
        static String address(Map<String, Object> target) {
            return String.valueOf(target.get("scrapeUrl")).replaceFirst("^https?://([^/]+)/.*$", "$1");
        }
    }
}
