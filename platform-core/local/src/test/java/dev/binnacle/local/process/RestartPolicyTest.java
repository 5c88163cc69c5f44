package dev.binnacle.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    @Test
    void pausesDoubleUpToTheLongest() {
        var seconds = IntStream.rangeClosed(1, 7)
                .mapToObj(RestartPolicy.DEFAULT::pause)
                .map(Duration::toSeconds);

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void thousandsOfCrashesDoNotOverflow() {
        assertThat(RestartPolicy.DEFAULT.pause(5000)).isEqualTo(Duration.ofSeconds(30));
    }
}
