package dev.binnacle.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.local.instance.ProcessId;
import dev.binnacle.local.process.ProcessState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final RestartPolicy QUICK =
            new RestartPolicy(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMinutes(1), 3);

    @TempDir
    private Path folder;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<SupervisedProcess> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopAll() {
        started.forEach(process -> process.stop(Duration.ofMillis(200)));
    }

    @Test
    void aProcessThatIsKilledIsStartedAgainAndCounted() {
        SupervisedProcess process = start("exec sleep 60");
        long first = pidOnceRunning(process);

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().until(() -> process.state().restarts() == 1 && process.state().phase() == Phase.RUNNING);
        assertThat(process.state().pid()).isNotEqualTo(first);
        assertThat(process.state().lastEnd()).isEqualTo("ended by signal 9");
        assertThat(events).startsWith("started", "ended", "started");
    }

    @Test
    void quickCrashesMakeItFailingAndShowItsLastLines() {
        SupervisedProcess process = start("echo cannot find my hat; exit 3");

        await().until(() -> process.state().phase() == Phase.FAILING);

        assertThat(process.state().lastEnd()).isEqualTo("exit code 3");
        assertThat(process.state().lastLines()).contains("cannot find my hat");
        assertThat(process.state().restarts()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aProcessThatIgnoresTheRequestToEndIsKilled() {
        SupervisedProcess process = start("trap '' TERM; while true; do sleep 0.1; done");
        long pid = pidOnceRunning(process);

        process.stop(Duration.ofMillis(300));

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(process.state().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void aHeldProcessStaysAwayUntilItIsReleased() {
        SupervisedProcess process = start("exec sleep 60");
        pidOnceRunning(process);

        process.hold(GRACE);
        await().until(() -> process.state().phase() == Phase.HELD);
        assertThat(process.state().pid()).isZero();

        process.release();
        await().until(() -> process.state().phase() == Phase.RUNNING);
        assertThat(process.state().restarts()).isEqualTo(1);
    }

    @Test
    void aProgramThatIsNotThereIsSaidInLogAndState() {
        var spec = spec(List.of(folder.resolve("nothing-here").toString()), Map.of());
        SupervisedProcess process = start(spec);

        await().until(() -> process.state().phase() == Phase.FAILING);

        assertThat(process.state().lastEnd())
                .startsWith("could not be started: ")
                .contains("nothing-here");
        assertThat(spec.log()).content().contains("could not be started");
    }

    @Test
    void nothingIsInheritedFromTheEnvironment() {
        var spec = spec(List.of("/bin/sh", "-c", "/usr/bin/env; exec sleep 60"), Map.of("ONLY", "this"));
        start(spec);

        await().untilAsserted(() -> assertThat(Files.readAllLines(spec.log())).contains("ONLY=this"));
        assertThat(spec.log()).content().doesNotContain("HOME=");
    }

    @Test
    void whatWasStoppedBeforeItsTurnCameIsNotStartedAnyMore() {
        var process = new SupervisedProcess(spec(List.of("/bin/sleep", "60"), Map.of()), QUICK, ProcessListener.NONE);
        started.add(process);

        process.stop(GRACE);
        process.start();

        assertThat(process.state().phase()).isEqualTo(Phase.STOPPED);
        assertThat(process.state().pid()).isZero();
    }

    @Test
    void pausesGrowFromCrashToCrash() throws IOException {
        var growing = new RestartPolicy(Duration.ofMillis(10), Duration.ofMillis(80), Duration.ofMinutes(1), 5);
        var spec = spec(List.of("/bin/false"), Map.of());
        var process = new SupervisedProcess(spec, growing, ProcessListener.NONE);
        started.add(process);
        process.start();

        await().until(() -> process.state().phase() == Phase.FAILING);

        assertThat(Files.readString(spec.log()).lines().map(line -> line.replaceFirst(".*starts again in ", "")))
                .startsWith("10 ms", "20 ms", "40 ms", "80 ms", "80 ms");
    }

    @Test
    void stoppingWhileItWaitsForItsNextStartEndsTheWait() {
        var patient = new RestartPolicy(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(1), 9);
        var process = new SupervisedProcess(spec(List.of("/bin/false"), Map.of()), patient, ProcessListener.NONE);
        process.start();
        await().until(() ->
                process.state().phase() == Phase.WAITING && process.state().lastEnd() != null);

        process.stop(GRACE);

        assertThat(process.state().phase()).isEqualTo(Phase.STOPPED);
    }

    private long pidOnceRunning(SupervisedProcess process) {
        await().until(() -> process.state().phase() == Phase.RUNNING);
        return process.state().pid();
    }

    private SupervisedProcess start(String script) {
        return start(spec(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin")));
    }

    private SupervisedProcess start(ProcessSpec spec) {
        var process = new SupervisedProcess(spec, QUICK, new ProcessListener() {
            @Override
            public void started(String name, ProcessId id) {
                events.add("started");
            }

            @Override
            public void ended(String name, ProcessId id) {
                events.add("ended");
            }
        });
        started.add(process);
        process.start();
        return process;
    }

    private ProcessSpec spec(List<String> command, Map<String, String> environment) {
        return new ProcessSpec("hatter", command, environment, folder, folder.resolve("logs/hatter.log"));
    }
}
