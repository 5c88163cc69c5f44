package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.binnacle.plugins.supply.Trust;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.Spi;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.CollectorFactory;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginRuntimeTest {
    private static final String SEVEN = "return List.of(SEEN.sample(Labels.EMPTY, context.settings().get(VALUE), at));";
    private static final Logger LOGGERS = Logger.getLogger("dev.binnacle.plugins");
    // Ignores its interruption for far longer than the test lasts, without keeping a core busy.
    private static final String STUBBORN = """
            Instant end = Instant.now().plusSeconds(120);
            while (Instant.now().isBefore(end)) {
                try { Thread.sleep(1_000); } catch (InterruptedException ignored) {}
            }
            """;
    private static final Limits QUICK =
            new Limits(Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofMillis(300), 2);

    @TempDir
    Path folder;

    private final TestHost host = new TestHost();
    private Path plugins;
    private PluginRuntime runtime;

    @BeforeAll
    static void quiet() {
        // What goes wrong on purpose need not fill the build's output.
        LOGGERS.setLevel(Level.OFF);
    }

    @BeforeEach
    void start() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plug ins"));
        runtime = new PluginRuntime(plugins, folder.resolve("work"), QUICK, Trust.EVERYBODY, host, host);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void aGoodPluginRunsAndIsListed() throws Exception {
        PluginZip.withCollector("good", SEVEN).writeTo(plugins);
        runtime.refresh();

        assertThat(runtime.statuses())
                .containsExactly(new ExtensionStatus(
                        "collector-good", "collector", "good", "1.0.0", ExtensionState.OK, "beta", ""));
        assertThat(host.collector("collector-good").collect(Instant.EPOCH))
                .singleElement()
                .hasToString("seen{} 7.0 @ 1970-01-01T00:00:00Z");
    }

    @Test
    void exportersStartBeforeTheCollectorsThatFeedThem() throws Exception {
        PluginZip.withCollector("a", SEVEN).writeTo(plugins);
        PluginZip.named("b").exporter("exporter-b").writeTo(plugins);
        runtime.refresh();

        assertThat(host.startOrder).containsExactly("exporter-b", "collector-a");
    }

    @Test
    void settingsReachTheExtension() throws Exception {
        host.settings.put("collector-good", Map.of("value", "9"));
        PluginZip.withCollector("good", SEVEN).writeTo(plugins);
        runtime.refresh();

        assertThat(host.collector("collector-good")
                        .collect(Instant.EPOCH)
                        .getFirst()
                        .value())
                .isEqualTo(9);
    }

    @Test
    void wrongSettingsAreAllReported() throws Exception {
        host.settings.put("collector-good", Map.of("value", "many", "valeu", "1"));
        PluginZip.withCollector("good", SEVEN).writeTo(plugins);
        runtime.refresh();

        assertFailed("collector-good", "'many' is not valid. Write a whole number", "valeu: there is no such setting");
    }

    @Test
    void aMissingDirectoryIsAnEmptyOne() throws IOException {
        Files.delete(plugins);
        runtime.refresh();

        assertThat(runtime.statuses()).isEmpty();
    }

    @Test
    void aThrowingPluginIsDegradedAndTheOthersAreNot() throws Exception {
        PluginZip.withCollector("bad", "throw new IllegalStateException(\"no\");")
                .writeTo(plugins);
        PluginZip.withCollector("good", SEVEN).writeTo(plugins);
        runtime.refresh();

        assertThatThrownBy(() -> host.collector("collector-bad").collect(Instant.EPOCH))
                .isInstanceOf(CollectionException.class)
                .hasMessage("threw java.lang.IllegalStateException: no");
        assertStatus("collector-bad", ExtensionState.DEGRADED, "threw java.lang.IllegalStateException: no");
        assertThat(host.collector("collector-good").collect(Instant.EPOCH)).hasSize(1);
        assertStatus("collector-good", ExtensionState.OK, "");
    }

    @Test
    void aReasonIsOneLineWhateverThePluginSays() throws Exception {
        PluginZip.withCollector("bad", "throw new IllegalStateException(\"no\\n12:00:00 ERROR forged\");")
                .writeTo(plugins);
        runtime.refresh();
        assertThatThrownBy(() -> host.collector("collector-bad").collect(Instant.EPOCH))
                .isNotNull();
        assertStatus(
                "collector-bad",
                ExtensionState.DEGRADED,
                "threw java.lang.IllegalStateException: no 12:00:00 ERROR forged");
    }

    @Test
    void anErrorIsAFailureToo() throws Exception {
        PluginZip.withCollector("bad", "throw new StackOverflowError();").writeTo(plugins);
        runtime.refresh();

        assertThatThrownBy(() -> host.collector("collector-bad").collect(Instant.EPOCH))
                .isInstanceOf(CollectionException.class)
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void aForeseenFailureKeepsItsKindAndAnExtensionRecovers() throws Exception {
        PluginZip.withCollector("moody", """
                        if (at.equals(Instant.EPOCH)) {
                            throw new CollectionException(FailureKind.PERMANENT, "not today", null);
                        }
                        return List.of();""").writeTo(plugins);
        runtime.refresh();

        assertThatThrownBy(() -> host.collector("collector-moody").collect(Instant.EPOCH))
                .isInstanceOfSatisfying(
                        CollectionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.PERMANENT));
        assertStatus("collector-moody", ExtensionState.DEGRADED, "not today");
        assertThat(host.collector("collector-moody").collect(Instant.MAX)).isEmpty();
        assertStatus("collector-moody", ExtensionState.OK, "");
    }

    @Test
    void aSleepingCallIsInterruptedAndItsThreadComesBack() throws Exception {
        PluginZip.withCollector("slow", "Thread.sleep(60_000); return List.of();")
                .writeTo(plugins);
        runtime.refresh();

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> host.collector("collector-slow").collect(Instant.EPOCH))
                    .hasMessage("did not answer within 300 ms");
            Awaitility.await().until(() -> runtime.abandonedCalls().get("slow") == 0);
        }
        assertStatus("collector-slow", ExtensionState.DEGRADED, "did not answer within 300 ms");
    }

    @Test
    void aCallThatIgnoresInterruptionIsAbandonedAndNotCalledAgain() throws Exception {
        PluginZip.withCollector("stuck", STUBBORN + "return List.of();").writeTo(plugins);
        PluginZip.withCollector("good", SEVEN).writeTo(plugins);
        runtime.refresh();

        assertThatThrownBy(() -> host.collector("collector-stuck").collect(Instant.EPOCH))
                .hasMessage("did not answer within 300 ms");
        assertThatThrownBy(() -> host.collector("collector-stuck").collect(Instant.EPOCH))
                .hasMessageContaining("hangs");
        assertThat(runtime.abandonedCalls()).containsEntry("stuck", 1).containsEntry("good", 0);
        assertThat(host.collector("collector-good").collect(Instant.EPOCH)).hasSize(1);
        assertFailed("collector-stuck", "hangs: its previous call has not returned");
    }

    @Test
    void aHangingConstructorOfAnExtensionFailsOnlyIt() throws Exception {
        var impatient = new Limits(Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofMillis(300), 2);
        try (var quick = new PluginRuntime(plugins, folder.resolve("work2"), impatient, Trust.EVERYBODY, host, host)) {
            PluginZip.named("lazy")
                    .declare("collector-lazy")
                    .service(CollectorFactory.class, "demo.Lazy")
                    .source("Lazy", """
                            package demo;
                            public class Lazy implements dev.binnacle.spi.collect.CollectorFactory {
                                public Lazy() throws InterruptedException { Thread.sleep(60_000); }
                                public dev.binnacle.spi.ExtensionDescriptor descriptor() { return null; }
                                public dev.binnacle.spi.collect.Collector create(dev.binnacle.spi.context.ExtensionContext c) { return null; }
                            }
                            """)
                    .writeTo(plugins);
            quick.refresh();
            assertThat(quick.statuses())
                    .singleElement()
                    .satisfies(status -> assertThat(status.reason()).contains("did not answer within 500 ms"));
        }
    }

    @Test
    void aFileThatIsNoZipIsReportedByItsName() throws Exception {
        Files.writeString(plugins.resolve("broken.zip"), "this is not a zip");
        Path whole = PluginZip.withCollector("good", SEVEN).writeTo(plugins);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(plugins.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        runtime.refresh();

        assertFailed("broken", "the zip cannot be unpacked");
        assertFailed("cut", "the zip cannot be unpacked");
        assertStatus("collector-good", ExtensionState.OK, "");
    }

    @Test
    void aZipWhoseEntriesEscapeIsRefused() throws Exception {
        PluginZip.withCollector("evil", SEVEN)
                .file("../../escaped.txt", new byte[] {1})
                .writeTo(plugins);
        runtime.refresh();

        assertFailed("collector-evil", "../../escaped.txt: leaves the plugin's folder");
        assertThat(folder.resolve("escaped.txt")).doesNotExist();
        assertThat(folder.resolve("work").resolve("escaped.txt")).doesNotExist();
    }

    @Test
    void aPluginThatBundlesTheSpiIsToldSo() throws Exception {
        PluginZip.withCollector("fat", SEVEN)
                .file("classes/dev/binnacle/spi/Spi.class", PluginZip.classBytes(Spi.class))
                .writeTo(plugins);
        runtime.refresh();

        assertFailed("collector-fat", "bundles the SPI in classes/", "scope 'provided'");
    }

    @Test
    void aPluginThatLacksWhatItDeclaresIsTold() throws Exception {
        PluginZip.withCollector("poor", SEVEN).declare("exporter-poor").writeTo(plugins);
        runtime.refresh();

        assertFailed("exporter-poor", "declares exporter-poor but contributes collector-poor");
        assertFailed("collector-poor", "declares exporter-poor but contributes collector-poor");
        assertThat(host.running).isEmpty();
    }

    @Test
    void aPluginThatContributesMoreThanItDeclaresIsTold() throws Exception {
        PluginZip.withCollector("rich", SEVEN)
                .collector("collector-more", SEVEN)
                .property("plugin.extensions", "collector-rich")
                .writeTo(plugins);
        runtime.refresh();

        assertFailed("collector-rich", "contributes collector-more, which plugin.extensions does not declare");
    }

    @Test
    void aServiceThatNamesNoClassIsTold() throws Exception {
        PluginZip.withCollector("typo", SEVEN)
                .service(CollectorFactory.class, "demo.Typo")
                .writeTo(plugins);
        runtime.refresh();

        assertFailed("collector-typo", "demo.Typo not found");
    }

    @Test
    void aPluginThatNeedsANewerSpiIsTold() throws Exception {
        PluginZip.withCollector("tomorrow", SEVEN)
                .property("plugin.requires", "9.0.0")
                .writeTo(plugins);
        PluginZip.withCollector("nonsense", SEVEN)
                .property("plugin.requires", "soon")
                .writeTo(plugins);
        runtime.refresh();

        assertFailed("collector-tomorrow", "needs SPI >=9.0.0, this platform has " + Spi.VERSION);
        assertFailed("collector-nonsense", "plugin.requires is not a version range: soon");
    }

    @Test
    void aPluginCompiledAgainstAnotherMajorOrANewerSpiIsTold() throws Exception {
        PluginZip.withCollector("major", SEVEN).property("plugin.spi", "1.0.0").writeTo(plugins);
        PluginZip.withCollector("newer", SEVEN).property("plugin.spi", "0.99.0").writeTo(plugins);
        PluginZip.withCollector("odd", SEVEN).property("plugin.spi", "latest").writeTo(plugins);
        PluginZip.withCollector("same", SEVEN)
                .property("plugin.spi", Spi.VERSION)
                .writeTo(plugins);
        runtime.refresh();

        assertFailed(
                "collector-major",
                "compiled against SPI 1.0.0, another major version than this platform's " + Spi.VERSION);
        assertFailed("collector-newer", "compiled against SPI 0.99.0, newer than this platform's " + Spi.VERSION);
        assertFailed("collector-odd", "plugin.spi is not a version: latest");
        assertStatus("collector-same", ExtensionState.OK, "");
    }

    @Test
    void aManifestThatLacksAKeyIsTold() throws Exception {
        PluginZip.named("silent").writeTo(plugins);
        runtime.refresh();

        assertFailed("silent", "plugin.properties: lacks plugin.extensions");
    }

    @Test
    void theSecondOfTwoPluginsWithOneExtensionIsRefused() throws Exception {
        PluginZip.named("a").collector("collector-same", SEVEN).writeTo(plugins);
        PluginZip.named("b").collector("collector-same", SEVEN).writeTo(plugins);
        runtime.refresh();

        assertThat(runtime.statuses())
                .extracting(ExtensionStatus::plugin, ExtensionStatus::state)
                .containsExactly(tuple("a", ExtensionState.OK), tuple("b", ExtensionState.FAILED));
    }

    @Test
    void aPluginSeesNoLibraryOfTheHost() throws Exception {
        PluginZip.withCollector("nosy", """
                        try {
                            Class.forName("org.slf4j.Logger");
                        } catch (ClassNotFoundException e) {
                            boolean own = Thread.currentThread().getContextClassLoader() == SEEN_BY.getClassLoader();
                            return own ? List.of() : List.of(SEEN.sample(Labels.EMPTY, 1, at));
                        }
                        throw new IllegalStateException("seen");""".replace("SEEN_BY", "C0.class")).writeTo(plugins);
        runtime.refresh();

        assertThat(host.collector("collector-nosy").collect(Instant.EPOCH)).isEmpty();
    }

    @Test
    void refreshTakesUpNewReplacedAndRemovedZips() throws Exception {
        PluginZip.withCollector("one", SEVEN).writeTo(plugins);
        runtime.refresh();
        var before = host.collector("collector-one");

        PluginZip.withCollector("two", SEVEN).writeTo(plugins);
        runtime.refresh();
        assertThat(host.collector("collector-one")).isSameAs(before);
        assertThat(host.running).containsOnlyKeys("collector-one", "collector-two");

        PluginZip.withCollector("one", "return List.of();")
                .property("plugin.version", "1.0.1")
                .writeTo(plugins);
        Files.delete(plugins.resolve("two.zip"));
        runtime.refresh();
        assertThat(host.running).containsOnlyKeys("collector-one");
        assertThat(runtime.statuses()).extracting(ExtensionStatus::version).containsExactly("1.0.1");
        assertThat(host.collector("collector-one").collect(Instant.EPOCH)).isEmpty();
    }

    @Test
    void reloadOfOnePluginLeavesTheOthersAlone() throws Exception {
        PluginZip.withCollector("one", SEVEN).writeTo(plugins);
        PluginZip.withCollector("two", SEVEN).writeTo(plugins);
        runtime.refresh();
        var one = host.collector("collector-one");
        var two = host.collector("collector-two");

        assertThat(runtime.reload("one")).isTrue();
        assertThat(host.collector("collector-one")).isNotSameAs(one);
        assertThat(host.collector("collector-two")).isSameAs(two);
        assertThat(runtime.reload("three")).isFalse();
    }

    @Test
    void aReplacementThatIsBrokenIsReportedAndRepairedByTheNextOne() throws Exception {
        PluginZip.withCollector("one", SEVEN).writeTo(plugins);
        runtime.refresh();
        Files.writeString(plugins.resolve("one.zip"), "oops");
        runtime.refresh();
        assertFailed("one", "cannot be unpacked");

        PluginZip.withCollector("one", SEVEN).writeTo(plugins);
        runtime.reloadAll();
        assertStatus("collector-one", ExtensionState.OK, "");
    }

    @Test
    void closeThatThrowsOrHangsDoesNotKeepThePlugin() throws Exception {
        PluginZip.named("sticky")
                .collector("collector-throws", SEVEN, "throw new IllegalStateException(\"stay\");")
                .collector("collector-hangs", SEVEN, STUBBORN)
                .writeTo(plugins);
        runtime.refresh();
        Files.delete(plugins.resolve("sticky.zip"));
        runtime.refresh();

        assertThat(runtime.statuses()).isEmpty();
        assertThat(host.running).isEmpty();
    }

    @Test
    void nothingOfAnUnloadedPluginIsLeft() throws Exception {
        PluginZip.withCollector("tidy", """
                        context.meters().counter("runs", "Runs").add(1);
                        return List.of();""").writeTo(plugins);
        runtime.refresh();
        var loader = host.running.get("collector-tidy");
        host.collector("collector-tidy").collect(Instant.EPOCH);
        assertThat(host.meters).containsEntry("collector-tidy/runs", 1.0);
        assertThat(loader).isNotNull();

        Files.delete(plugins.resolve("tidy.zip"));
        runtime.refresh();
        assertThat(host.meters).isEmpty();
        try (var left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("plugin-tidy")));
    }

    @Test
    void aPageIsServedWhileTheExtensionRuns() throws Exception {
        PluginZip.withCollector("page", "context.serve(out -> out.append(\"seen 1\\n\")); return List.of();")
                .writeTo(plugins);
        runtime.refresh();
        assertThat(runtime.page("collector-page")).isEmpty();

        host.collector("collector-page").collect(Instant.EPOCH);
        assertThat(runtime.pages()).containsExactly("collector-page");
        assertThat(runtime.page("collector-page"))
                .hasValue(new Page("text/plain; version=0.0.4; charset=utf-8", "seen 1\n"));

        Files.delete(plugins.resolve("page.zip"));
        runtime.refresh();
        assertThat(runtime.pages()).isEmpty();
    }

    @Test
    void aPageThatThrowsOrHangsIsAnErrorWithItsReason() throws Exception {
        PluginZip.withCollector("page", """
                        if (at.equals(Instant.EPOCH)) {
                            context.serve(out -> { throw new IllegalStateException("torn"); });
                        } else {
                            context.serve(out -> { try { Thread.sleep(60_000); } catch (InterruptedException e) {} });
                        }
                        return List.of();""").writeTo(plugins);
        runtime.refresh();

        host.collector("collector-page").collect(Instant.EPOCH);
        assertThatThrownBy(() -> runtime.page("collector-page"))
                .isInstanceOf(IOException.class)
                .hasMessage("collector-page threw java.lang.IllegalStateException: torn");
        host.collector("collector-page").collect(Instant.MAX);
        assertThatThrownBy(() -> runtime.page("collector-page"))
                .hasMessage("collector-page did not answer within 300 ms");
    }

    @Test
    void aTimerRunsUntilThePluginIsUnloaded() throws Exception {
        PluginZip.withCollector("timer", """
                        var runs = context.meters().counter("ticks", "Ticks");
                        context.timers().every(Duration.ofMillis(10), () -> {
                            runs.add(1);
                            throw new IllegalStateException("goes on all the same");
                        });
                        return List.of();""").writeTo(plugins);
        runtime.refresh();
        host.collector("collector-timer").collect(Instant.EPOCH);
        Awaitility.await().until(() -> host.meters.getOrDefault("collector-timer/ticks", 0.0) >= 3);
        assertStatus(
                "collector-timer",
                ExtensionState.DEGRADED,
                "threw java.lang.IllegalStateException: goes on all the same");

        runtime.close();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("timer-collector-timer")));
        assertThat(host.meters).isEmpty();
    }

    @Test
    void twoPluginsMayBringDifferentVersionsOfOneLibrary() throws Exception {
        for (String version : List.of("1", "2")) {
            PluginZip.withCollector("v" + version, "return List.of(SEEN.sample(Labels.EMPTY, Library.VERSION, at));")
                    .source(
                            "Library",
                            "package demo; class Library { static final int VERSION = Integer.valueOf(" + version
                                    + "); }")
                    .writeTo(plugins);
        }
        runtime.refresh();

        assertThat(host.collector("collector-v1")
                        .collect(Instant.EPOCH)
                        .getFirst()
                        .value())
                .isEqualTo(1);
        assertThat(host.collector("collector-v2")
                        .collect(Instant.EPOCH)
                        .getFirst()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void nothingKeepsTheClassesOfAnUnloadedPlugin() throws Exception {
        PluginZip.withCollector("gone", """
                        context.serve(out -> out.append("seen 1\\n"));
                        context.timers().every(Duration.ofMillis(10), () -> {});
                        context.meters().gauge("size", "Size").set(1);
                        context.log().log(System.Logger.Level.INFO, "collected");
                        return List.of();""").writeTo(plugins);
        runtime.refresh();
        host.collector("collector-gone").collect(Instant.EPOCH);
        var loader = runtime.plugins()
                .map(plugin -> new WeakReference<>(plugin.loader()))
                .toList()
                .getFirst();
        Files.delete(plugins.resolve("gone.zip"));
        runtime.refresh();

        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    System.gc();
                    return loader.refersTo(null);
                });
    }

    private void assertStatus(String id, ExtensionState state, String reason) {
        assertThat(runtime.statuses())
                .filteredOn(status -> status.id().equals(id))
                .extracting(ExtensionStatus::state, ExtensionStatus::reason)
                .containsExactly(tuple(state, reason));
    }

    private void assertFailed(String id, String... reasons) {
        List<ExtensionStatus> found = runtime.statuses().stream()
                .filter(status -> status.id().equals(id))
                .toList();
        assertThat(found).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(ExtensionState.FAILED);
            assertThat(status.reason()).contains(reasons);
        });
    }
}
