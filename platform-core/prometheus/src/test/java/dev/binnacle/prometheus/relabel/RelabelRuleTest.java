package dev.binnacle.prometheus.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RelabelRuleTest {
    /** An engine that tries again after each part would need longer than anybody has. */
    @Test
    @Timeout(60)
    void aTargetThatIsNearlyANameIsRefusedAtOnce() {
        String nearly = "a$1".repeat(20_000) + "!";

        assertThat(to(nearly).problems()).singleElement().asString().endsWith("which target_label has to be");
        assertThat(to(nearly.substring(0, nearly.length() - 1)).problems()).isEmpty();
    }

    private static RelabelRule to(String target) {
        return new RelabelRule(RelabelAction.REPLACE, List.of("a"), ";", "(.*)", 0, target, "$1");
    }
}
