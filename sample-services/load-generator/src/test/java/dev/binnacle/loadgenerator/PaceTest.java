package dev.binnacle.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void requestsAreEvenlySpacedAndDoNotDrift() {
        var pace = new Pace(5, 3, 0);
        assertThat(pace.dueNanos()).isEqualTo(5);
        assertThat(pace.next().dueNanos()).isEqualTo(5 + SECOND / 3);
        assertThat(pace.skip(3_000_000).dueNanos()).isEqualTo(5 + 1_000_000 * SECOND);
    }

    @Test
    void countsWhatWasMissedBeyondPatience() {
        var pace = new Pace(0, 10, 0);
        assertThat(pace.missed(2 * SECOND, Duration.ofSeconds(2))).isZero();
        assertThat(pace.missed(5 * SECOND, Duration.ofSeconds(2))).isEqualTo(30);
        assertThat(pace.skip(30).missed(5 * SECOND, Duration.ofSeconds(2))).isZero();
    }

    @Test
    void nothingIsDueAtRateZero() {
        assertThat(new Pace(0, 0, 0).isRunning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1001, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesRatesThatAreNone(double rate) {
        assertThatThrownBy(() -> new Pace(0, rate, 0)).hasMessageContaining("from 0 to 1000");
    }
}
