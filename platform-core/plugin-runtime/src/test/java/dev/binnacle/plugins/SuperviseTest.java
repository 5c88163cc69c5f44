package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that misbehave for long, and what becomes of them; time is turned by hand. */
class SuperviseTest {
    private static final Logger LOGGERS = Logger.getLogger("dev.binnacle.plugins");
    private static final Limits QUICK =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMillis(300), 2);
    private static final String GOOD = "return List.of(SEEN.sample(Labels.EMPTY, 1, at));";

    /** Fails to start until the file named by its property exists. */
    private static final String WAITING = """
            package demo;
            import dev.binnacle.spi.*;
            import dev.binnacle.spi.collect.*;
            import dev.binnacle.spi.context.*;
            import java.util.*;
            public class Waiting implements CollectorFactory {
                public ExtensionDescriptor descriptor() {
                    return new ExtensionDescriptor(ExtensionKind.COLLECTOR, "collector-waiting", Stability.BETA, "Test", List.of());
                }
                public Collector create(ExtensionContext context) {
                    if (!java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                        throw new IllegalStateException("not yet");
                    }
                    return new Collector() {
                        public List<dev.binnacle.spi.model.Sample> collect(java.time.Instant at) { return List.of(); }
                        public void close() {}
                    };
                }
            }
            """;

    @TempDir
    Path folder;

    private final TestHost host = new TestHost();
    private Path plugins;
    private PluginRuntime runtime;

    @BeforeAll
    static void quiet() {
        LOGGERS.setLevel(Level.OFF);
    }

    @BeforeEach
    void start() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        host.now = Instant.EPOCH;
        runtime = new PluginRuntime(plugins, folder.resolve("work"), QUICK, Trust.EVERYBODY, host, host);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void whatFailedToStartIsStartedAgainWithLongerAndLongerPauses() throws Exception {
        Path ready = folder.resolve("ready");
        PluginZip.named("waiting")
                .declare("collector-waiting")
                .service(dev.binnacle.spi.collect.CollectorFactory.class, "demo.Waiting")
                .source("Waiting", WAITING.formatted(ready))
                .writeTo(plugins);
        runtime.refresh();
        assertThat(stateOf("collector-waiting")).isEqualTo(ExtensionState.FAILED);

        // Pauses are between half of and a whole of 1, 2, 4 … 256, 300, 300 seconds.
        long seconds = secondsUntilRestarts(12);
        assertThat(seconds).isBetween(511 / 2L, 511 + 3 * 300L + 13);
        assertThat(runtime.restarts()).containsEntry("waiting", 12L);

        Files.writeString(ready, "");
        secondsUntilRestarts(13);
        assertThat(stateOf("collector-waiting")).isEqualTo(ExtensionState.OK);
        host.now = host.now.plusSeconds(3600);
        runtime.supervise();
        assertThat(runtime.restarts()).containsEntry("waiting", 13L);
    }

    @Test
    void wrongSettingsAreNotTriedAgainUntilTheyAreOthers() throws Exception {
        host.settings.put("collector-good", Map.of("value", "many"));
        PluginZip.withCollector("good", GOOD).writeTo(plugins);
        runtime.refresh();
        for (int i = 0; i < 100; i++) {
            host.now = host.now.plusSeconds(10);
            runtime.supervise();
        }
        assertThat(runtime.restarts()).isEmpty();

        host.settings.put("collector-good", Map.of("value", "8"));
        assertThat(runtime.restart("collector-good")).isTrue();
        assertThat(stateOf("collector-good")).isEqualTo(ExtensionState.OK);
        assertThat(runtime.restart("collector-other")).isFalse();
    }

    @Test
    void aDeadlockedPluginIsLoadedAnewAndTheOthersAreNot() throws Exception {
        PluginZip.withCollector("locked", """
                Object one = new Object();
                Object two = new Object();
                var both = new java.util.concurrent.CyclicBarrier(2);
                Thread other = new Thread(() -> { synchronized (two) { meet(both); synchronized (one) { meet(both); } } });
                other.setDaemon(true);
                other.start();
                synchronized (one) { meet(both); synchronized (two) { return List.of(); } }
                """.replace(
                                "meet(both);",
                                "try { both.await(); } catch (Exception e) { throw new IllegalStateException(e); }"))
                .writeTo(plugins);
        PluginZip.withCollector("good", GOOD).writeTo(plugins);
        runtime.refresh();
        var good = host.collector("collector-good");

        fail("collector-locked");
        fail("collector-locked");
        assertThat(stateOf("collector-locked")).isEqualTo(ExtensionState.FAILED);
        secondsUntilRestarts(1);
        assertThat(stateOf("collector-locked")).isEqualTo(ExtensionState.OK);
        assertThat(runtime.abandonedCalls()).containsEntry("locked", 0);
        assertThat(host.collector("collector-good")).isSameAs(good);
        assertThat(good.collect(host.now)).hasSize(1);
    }

    @Test
    void aSpinningPluginKeepsOneThreadBusyAndNoMore() throws Exception {
        Path end = folder.resolve("end");
        PluginZip.withCollector("spins", "while (!new java.io.File(\"" + end + "\").exists()) {} return List.of();")
                .writeTo(plugins);
        PluginZip.withCollector("good", GOOD).writeTo(plugins);
        runtime.refresh();

        fail("collector-spins");
        fail("collector-spins");
        for (int i = 0; i < 100; i++) {
            host.now = host.now.plusSeconds(10);
            runtime.supervise();
        }
        assertThat(runtime.restarts()).isEmpty();
        assertThat(runtime.abandonedCalls()).containsEntry("spins", 1);
        assertThat(host.collector("collector-good").collect(host.now)).hasSize(1);

        Files.writeString(end, "");
        Awaitility.await().until(() -> runtime.abandonedCalls().get("spins") == 0);
        secondsUntilRestarts(1);
        assertThat(stateOf("collector-spins")).isEqualTo(ExtensionState.OK);
    }

    @Test
    void anUpgradeThatWouldNotLoadChangesNothing() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        PluginZip.withCollector("good", GOOD).writeTo(plugins);
        runtime.refresh();
        var before = host.collector("collector-good");

        Path bad =
                PluginZip.withCollector("good", "System.exit(1); return null;").writeTo(elsewhere);
        assertThat(runtime.install(bad).objections()).hasSize(1);
        assertThat(host.collector("collector-good")).isSameAs(before);

        Path better = PluginZip.withCollector("good", "return List.of();")
                .property("plugin.version", "2.0.0")
                .writeTo(elsewhere);
        assertThat(runtime.install(better).loads()).isTrue();
        assertThat(runtime.statuses()).extracting(ExtensionStatus::version).containsExactly("2.0.0");
        assertThat(host.collector("collector-good").collect(host.now)).isEmpty();
    }

    @Test
    void pluginsAreInstalledAndRemovedWhileOthersRun() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        PluginZip.withCollector("good", GOOD).writeTo(plugins);
        runtime.refresh();
        var good = host.collector("collector-good");

        assertThat(runtime.install(PluginZip.withCollector("new", GOOD).writeTo(elsewhere))
                        .loads())
                .isTrue();
        assertThat(host.collector("collector-new").collect(host.now)).hasSize(1);
        Path clash = PluginZip.named("other").collector("collector-new", GOOD).writeTo(elsewhere);
        assertThat(runtime.install(clash).objections())
                .singleElement()
                .asString()
                .contains("already has the id collector-new");

        assertThat(runtime.remove("new")).isTrue();
        assertThat(runtime.remove("new")).isFalse();
        assertThat(host.running).containsOnlyKeys("collector-good");
        assertThat(host.collector("collector-good")).isSameAs(good);
        assertThat(plugins.resolve("new.zip")).doesNotExist();
    }

    private void fail(String collector) {
        assertThatThrownBy(() -> host.collector(collector).collect(host.now)).isNotNull();
    }

    /** Turns the clock second by second until there have been {@code count} restarts, and returns how long that took. */
    private long secondsUntilRestarts(int count) {
        var begin = host.now;
        while (runtime.restarts().values().stream().mapToLong(Long::longValue).sum() < count) {
            host.now = host.now.plusSeconds(1);
            runtime.supervise();
            assertThat(host.now).isBefore(begin.plusSeconds(100_000));
        }
        return Duration.between(begin, host.now).toSeconds();
    }

    private ExtensionState stateOf(String id) {
        return List.copyOf(runtime.statuses()).stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
