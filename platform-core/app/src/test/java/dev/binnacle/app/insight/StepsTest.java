package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepsTest {
    private static final Instant END = Instant.parse("2026-01-01T12:00:07Z");

    @ParameterizedTest
    @CsvSource({"PT5S, 5", "PT5M, 5", "PT1H, 15", "PT24H, 300", "P7D, 3600"})
    void aChartHasAtMostThreeHundredPointsAtWholeMultiples(Duration window, long seconds) {
        var steps = Steps.of(window, END);

        assertThat(steps.seconds()).isEqualTo(seconds);
        assertThat(steps.times().count()).isBetween(2L, (long) Steps.MOST);
        assertThat(steps.times()).allMatch(time -> time % seconds == 0);
        assertThat(END.getEpochSecond() - steps.last()).isBetween(0L, seconds - 1);
    }

    @Test
    void whoLooksALittleLaterSeesTheSame() {
        assertThat(Steps.of(Duration.ofHours(1), END)).isEqualTo(Steps.of(Duration.ofHours(1), END.plusSeconds(5)));
    }

    @Test
    void nothingIsBeforeTheFirstSecond() {
        assertThat(Steps.of(Duration.ofHours(1), Instant.EPOCH).times().toArray())
                .containsExactly(0);
    }
}
