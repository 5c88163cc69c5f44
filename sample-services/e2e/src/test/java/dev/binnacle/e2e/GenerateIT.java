package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
    void noRuleHasAnError(RunningMesh.Instance mesh) {
        assertThat(mesh.prometheus().rules())
                .hasSizeGreaterThan(100)
                .allSatisfy(rule -> assertThat(rule.get("health"))
                        .as("%s: %s", rule.get("name"), rule.get("lastError"))
                        .isNotEqualTo("err"));
    }
}
