package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.kubernetes.Workload.Probe;
import org.junit.jupiter.api.Test;

class ProbeCountTest {
    @Test
    void theVerdictChangesWhenItsThresholdIsReachedInARow() {
        var count = new ProbeCount(new Probe("tcp", 1, null, 0, 1, 1, 3, 2), false);

        assertThat(count.after(true)).isFalse();
        assertThat(count.after(true)).isTrue();
        assertThat(count.after(false)).isTrue();
        assertThat(count.after(false)).isTrue();
        assertThat(count.after(true)).isTrue();
        assertThat(count.after(false)).isTrue();
        assertThat(count.after(false)).isTrue();
        assertThat(count.after(false)).isFalse();
    }
}
