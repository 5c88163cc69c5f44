package dev.binnacle.plugin.collector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.binnacle.plugin.collector.kubernetes.StandInApiServer.Fault;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.CollectorContract;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a server that hangs, lies, forbids, forgets and dies. */
class KubernetesCollectorContractTest extends CollectorContract {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private final StandInApiServer server = new StandInApiServer();

    @Override
    protected CollectorFactory factory() {
        return new KubernetesCollectorFactory();
    }

    @Override
    protected Map<String, String> settings() {
        try {
            return new TreeMap<>(Map.of(
                    "namespaces", "*",
                    "timeout", "2s",
                    "page-size", "10",
                    "kubeconfig", server.kubeconfig(folder).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void arrange(TestContext context, Source source) throws IOException {
        server.behave(
                switch (source) {
                    case ANSWERING -> Fault.NONE;
                    case UNREACHABLE -> Fault.DEAD;
                    case HANGING -> Fault.HANGING;
                    case LYING -> Fault.LYING;
                });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void whatIsForbiddenIsSaidAndHidesNothingElse() throws Exception {
        server.items.put("pods", StandInApiServer.pods(3));
        server.forbidden.add("events");
        try (var context = newContext();
                var collector = factory().create(context)) {
            var failure = catchThrowableOfType(CollectionException.class, () -> collector.collect(AT));

            assertThat(failure)
                    .hasMessage("events: events is forbidden: User \"reader\" cannot list resource \"events\"");
            assertThat(texts(failure.seen()))
                    .contains(
                            "binnacle_kubernetes_up{resource=\"events\"} 0.0",
                            "binnacle_kubernetes_up{resource=\"pods\"} 1.0",
                            "kube_pod_status_phase{namespace=\"default\",phase=\"Running\",pod=\"a-2\",uid=\"u-2\"} 1.0");

            server.forbidden.clear();
            assertThat(texts(collector.collect(AT.plusSeconds(15))))
                    .contains("binnacle_kubernetes_up{resource=\"events\"} 1.0");
        }
    }

    @Test
    void aLongListIsReadInPagesAndAnewWhenItsRestHasExpired() throws Exception {
        server.items.put("pods", StandInApiServer.pods(25));
        server.expiredPages = 1;
        try (var context = newContext();
                var collector = factory().create(context)) {
            var failure = catchThrowableOfType(CollectionException.class, () -> collector.collect(AT));
            assertThat(failure).hasMessage("pods: The provided continue parameter is too old");

            assertThat(collector.collect(AT.plusSeconds(15)))
                    .filteredOn(sample -> sample.series().name().equals("binnacle_kubernetes_pod_info"))
                    .hasSize(25);
            assertThat(server.lists).filteredOn(list -> list.equals("pods")).hasSize(5);
        }
    }

    /** Whoever unloads it waits for nobody else: neither for lists that are not answered, nor for watches that are open. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "HANGING"})
    void itIsClosedAtOnceWhateverTheApiServerDoes(Fault fault) throws Exception {
        server.items.put("pods", StandInApiServer.pods(3));
        try (var context = newContext();
                var collector = factory().create(context)) {
            server.behave(fault);
            var unused = catchThrowableOfType(CollectionException.class, () -> collector.collect(AT));

            // A request of its own may take five.
            assertTimeout(Duration.ofSeconds(3), collector::close);
        }
    }

    @Test
    void aWatchThatIsTooOldIsListedAnew() throws Exception {
        server.items.put("pods", StandInApiServer.pods(2));
        try (var context = newContext();
                var collector = factory().create(context)) {
            assertThat(names(collector.collect(AT))).containsExactly("a-0", "a-1");
            server.items.put("pods", StandInApiServer.pods(1));
            server.endWatches("""
                    {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 410,
                     "message": "too old resource version"}}
                    """);

            Awaitility.await().until(() -> names(collect(collector)).equals(List.of("a-0")));
        }
    }

    @Test
    void whatWasSeenLastIsReportedForAWhile() throws Exception {
        server.items.put("pods", StandInApiServer.pods(1));
        try (var context = newContext();
                var collector = factory().create(context)) {
            assertThat(names(collector.collect(AT))).containsExactly("a-0");
            server.behave(Fault.DEAD);
            // The watches break one after the other.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThatThrownBy(() -> collector.collect(AT))
                            .hasMessageContaining("cannot be watched, this was seen before"));

            var failure = catchThrowableOfType(CollectionException.class, () -> collector.collect(AT.plusSeconds(59)));
            assertThat(failure).hasMessageContaining("cannot be watched, this was seen before");
            assertThat(names(failure.seen())).containsExactly("a-0");
            assertThatThrownBy(() -> collector.collect(AT.plusSeconds(61)))
                    .isInstanceOfSatisfying(
                            CollectionException.class, e -> assertThat(e.seen()).isEmpty());
        }
    }

    @Test
    void textsOfResourcesStayTexts() throws Exception {
        server.items.put("events", List.of("""
                {"kind": "Event", "apiVersion": "v1", "type": "Warning", "reason": "Bad\\"} 1\\nevil{a=\\"%s",
                 "involvedObject": {"kind": "Pod"}, "count": 3,
                 "metadata": {"name": "e", "namespace": "default", "uid": "e", "resourceVersion": "1"}}
                """.formatted("x".repeat(1_000))));
        try (var context = newContext();
                var collector = factory().create(context)) {
            assertThat(collector.collect(AT))
                    .filteredOn(sample -> sample.series().name().equals("binnacle_kubernetes_warning_events_total"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.series().labels().get("reason"))
                            .hasValueSatisfying(reason -> assertThat(reason)
                                    .startsWith("Bad\"} 1\nevil{a=\"xxx")
                                    .hasSize(253)));
        }
    }

    @Test
    void settingsThatCannotBeAreRefusedTogether() {
        assertThatThrownBy(() -> {
                    var written = settings();
                    written.put("namespaces", "Default,a");
                    written.put("resources", "pods,secrets");
                    written.put("page-size", "0");
                    written.put("kubeconfig", folder.resolve("none").toString());
                    factory().create(TestContext.of(factory(), written));
                })
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("'Default' is no namespace")
                .hasMessageContaining("'secrets' cannot be watched")
                .hasMessageContaining("page-size: '0' is not valid")
                .hasMessageContaining("the file cannot be read");
    }

    private static List<Sample> collect(Collector collector) throws InterruptedException {
        try {
            return collector.collect(AT);
        } catch (CollectionException e) {
            return e.seen();
        }
    }

    private static List<String> names(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.series().name().equals("binnacle_kubernetes_pod_info"))
                .map(sample -> sample.series().labels().get("pod").orElseThrow())
                .sorted()
                .toList();
    }

    private static List<String> texts(List<Sample> samples) {
        return samples.stream()
                .map(sample -> sample.series() + " " + sample.value())
                .toList();
    }
}
