package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin eats the heap of a JVM of its own; the runtime that comes after keeps it out. */
class QuarantineTest {
    @TempDir
    Path folder;

    private final TestHost host = new TestHost();
    private Path plugins;

    @BeforeEach
    void layOut() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plug ins"));
    }

    /** Runs in the other JVM: every collector, one call each. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            var host = new TestHost();
            Path folder = Path.of(arguments[0]);
            var runtime = new PluginRuntime(
                    folder.resolve("plug ins"), folder.resolve("work"), Limits.DEFAULT, Trust.EVERYBODY, host, host);
            runtime.refresh();
            for (String id : List.copyOf(host.running.keySet())) {
                host.collector(id).collect(Instant.EPOCH);
            }
        }
    }

    @Test
    void whoWasAtWorkWhenTheHeapWasFullIsKeptOutUntilSomebodySaysOtherwise() throws Exception {
        PluginZip.withCollector("eater", "var all = new ArrayList<byte[]>(); while (true) all.add(new byte[1 << 20]);")
                .writeTo(plugins);
        PluginZip.withCollector("an-innocent", "return List.of();").writeTo(plugins);
        assertThat(runProgram()).isEqualTo(3);

        try (var runtime = newRuntime()) {
            runtime.refresh();
            assertThat(runtime.statuses())
                    .extracting(ExtensionStatus::id, ExtensionStatus::state)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple("collector-an-innocent", ExtensionState.OK),
                            org.assertj.core.api.Assertions.tuple("collector-eater", ExtensionState.FAILED));
            assertThat(runtime.statuses().getLast().reason())
                    .startsWith("quarantined: it was at work when the heap was full");
        }
        try (var runtime = newRuntime()) {
            runtime.refresh();
            assertThat(runtime.statuses().getLast().state()).isEqualTo(ExtensionState.FAILED);
            assertThat(runtime.reload("eater")).isTrue();
            assertThat(runtime.statuses().getLast().state()).isEqualTo(ExtensionState.OK);
        }
    }

    @Test
    void aProcessThatWasKilledKeepsNobodyOut() throws Exception {
        PluginZip.withCollector(
                        "busy", "Runtime.getRuntime().gc(); ProcessHandle.current().children(); while (true) {}")
                .writeTo(plugins);
        var process = start();
        Path marks = folder.resolve("work.state/calls");
        org.awaitility.Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> Files.exists(marks) && CallsIn.of(marks) > 0);
        process.destroyForcibly().waitFor();
        try (var runtime = newRuntime()) {
            runtime.refresh();
            assertThat(runtime.statuses())
                    .singleElement()
                    .extracting(ExtensionStatus::state)
                    .isEqualTo(ExtensionState.OK);
        }
    }

    @Test
    void oneOfSeveralIsKeptOutWhenItWasAmongThemTwice() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        leave(state, "eater", "bystander");
        var once = Quarantine.open(state);
        assertThat(once.objection("eater")).isEmpty();
        assertThat(once.objection("bystander")).isEmpty();

        leave(state, "another", "eater");
        var twice = Quarantine.open(state);
        assertThat(twice.objection("eater")).isPresent();
        assertThat(twice.objection("bystander")).isEmpty();
        assertThat(twice.objection("another")).isEmpty();
        twice.lift("eater");
        assertThat(Quarantine.open(state).objection("eater")).isEmpty();
    }

    /** How many calls are noted in a file of marks, as another process sees it. */
    private static final class CallsIn {
        static int of(Path marks) throws IOException {
            byte[] bytes = Files.readAllBytes(marks);
            return bytes.length == 0 ? 0 : bytes[0];
        }
    }

    private static void leave(Path state, String... called) throws IOException {
        var marks = CallMarks.open(state.resolve("calls"));
        for (String plugin : called) {
            marks.of(plugin).add(1);
        }
        Files.writeString(state.resolve(Quarantine.FULL), "");
    }

    private PluginRuntime newRuntime() {
        return new PluginRuntime(plugins, folder.resolve("work"), Limits.DEFAULT, Trust.EVERYBODY, host, host);
    }

    private int runProgram() throws Exception {
        var process = start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:OnOutOfMemoryError=touch '"
                                + folder.resolve("work.state").resolve(Quarantine.FULL) + "'",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("program.log").toFile())
                .start();
    }
}
