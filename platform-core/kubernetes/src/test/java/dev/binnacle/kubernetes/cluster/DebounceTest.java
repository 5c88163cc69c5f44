package dev.binnacle.kubernetes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Debounce debounce = new Debounce(Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void nothingIsDueWhenNothingChanged() {
        assertThat(debounce.take(START)).isEmpty();
    }

    @Test
    void aChangeIsDueWhenItHasBeenQuiet() {
        debounce.changed(START);

        assertThat(debounce.take(START.plusMillis(999))).isEmpty();
        assertThat(debounce.take(START.plusMillis(1000))).contains(START);
        assertThat(debounce.take(START.plusMillis(2000))).isEmpty();
    }

    @Test
    void changesWithoutEndAreDueAfterAWhileAllTheSame() {
        for (int i = 0; i < 6; i++) {
            debounce.changed(START.plusMillis(500L * i));
            assertThat(debounce.take(START.plusMillis(500L * i))).isEmpty();
        }
        debounce.changed(START.plusMillis(3000));

        assertThat(debounce.take(START.plusMillis(3000))).contains(START);
    }
}
