package dev.binnacle.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TillTest {
    private static final Charge CHARGE = new Charge("o-1", 500);

    @Test
    void neverFailsAtZeroAndAlwaysAtOne() {
        assertThat(failuresOf1000(till(0))).isZero();
        assertThat(failuresOf1000(till(1))).isEqualTo(1000);
    }

    @Test
    void failsAsOftenAsToldAndTheSameWayForTheSameSeed() {
        assertThat(failuresOf1000(till(0.3))).isBetween(250L, 350L).isEqualTo(failuresOf1000(till(0.3)));
    }

    @Test
    void declinesWhatIsAboveTheLimit() {
        assertThat(till(0).decide(new Charge("o-1", 1000))).isEqualTo(Outcome.APPROVED);
        assertThat(till(0).decide(new Charge("o-1", 1001))).isEqualTo(Outcome.DECLINED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesRatesThatAreNone(double rate) {
        assertThatThrownBy(() -> till(rate)).hasMessage("the failure rate must be from 0 to 1, got " + rate);
    }

    private static Till till(double failureRate) {
        return new Till(failureRate, 1000, new SplittableRandom(7));
    }

    private static long failuresOf1000(Till till) {
        return IntStream.range(0, 1000)
                .filter(i -> till.decide(CHARGE) == Outcome.FAILED)
                .count();
    }
}
