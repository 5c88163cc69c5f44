package dev.binnacle.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the generators made is committed, and the running Prometheus takes it. */
@ExtendWith(RunningMesh.class)
class GenerateIT {
    @Test
    void theCommittedFilesAreWhatTheGeneratorsMake(RunningMesh.Instance mesh) {
        var result = mesh.binnacle().run(Duration.ofSeconds(60), "generate", "--check");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).endsWith("generated files are up to date\n");
    }

    @Test
    void theApiCompletesWhatTheOthersMade(RunningMesh.Instance mesh) {
        String monitor = given().baseUri(mesh.app())
                .post("/api/v1/plugins/generator-prometheus/generate")
                .then()
                .statusCode(200)
                .body("files.path", hasItem("prometheus/prometheus.yml"))
                .body("files.path", not(hasItem("prometheus/rules/mesh-alerts.yml")))
                .extract()
                .path("files.find { it.path == 'prometheus/kubernetes/pod-monitor.yml' }.text");

        assertThat(monitor).contains("istio_agent_scrape_failures_total"); // for which alerts alone ask
    }

    @Test
    void noRuleHasAnError(RunningMesh.Instance mesh) {
        assertThat(mesh.prometheus().rules())
                .hasSizeGreaterThan(100)
                .allSatisfy(rule -> assertThat(rule.get("health"))
                        .as("%s: %s", rule.get("name"), rule.get("lastError"))
                        .isNotEqualTo("err"));
    }
}
