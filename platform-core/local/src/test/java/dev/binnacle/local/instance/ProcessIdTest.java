package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdTest {
    @Test
    void aProcessIsItselfAndStaysSo() {
        ProcessId self = ProcessId.current();

        assertThat(self.isAlive()).isTrue();
        assertThat(ProcessId.current()).isEqualTo(self);
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotIt() {
        ProcessId self = ProcessId.current();

        assertThat(new ProcessId(self.pid(), self.startTime() + "0").isAlive()).isFalse();
    }

    @Test
    void aProcessThatEndedIsGone() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessId id = ProcessId.of(process.toHandle()).orElseThrow();

        process.destroyForcibly().waitFor();

        assertThat(id.isAlive()).isFalse();
    }
}
