package dev.binnacle.plugin.exporter.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import dev.binnacle.spi.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerExporterTest {
    private static final MetricFamily ALERTS = MetricFamily.gauge("ALERTS", "", "");
    private static final MetricFamily PROBE = MetricFamily.gauge("probe_success", "", "");
    private static final Labels FIRING = Labels.of("alertname", "Down", "alertstate", "firing", "pod", "cart-1");

    private final FakeAlertmanager manager = new FakeAlertmanager();

    /** What a test does with an exporter and its host. */
    private interface Watched {
        void run(Exporter exporter, TestContext host) throws Exception;
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void anAlertIsToldAtOnceAgainAfterAWhileAndWhenItIsOver() throws Exception {
        with((exporter, host) -> {
            var began = host.clock().instant();
            exporter.export(List.of(alert(1, host)));
            assertThat(manager.received).singleElement().satisfies(alert -> {
                assertThat(alert.at("/labels").toString()).isEqualTo("{\"alertname\":\"Down\",\"pod\":\"cart-1\"}");
                assertThat(alert.at("/annotations/summary").asText()).isEqualTo("Down");
                assertThat(alert.has("generatorURL")).isFalse();
                assertThat(time(alert, "startsAt")).isEqualTo(began);
                assertThat(time(alert, "endsAt")).isEqualTo(began.plus(Duration.ofMinutes(4)));
            });

            host.clock().advance(Duration.ofSeconds(30));
            exporter.export(List.of(alert(1, host)));
            assertThat(manager.received).as("not before a minute").hasSize(1);

            host.clock().advance(Duration.ofSeconds(31));
            exporter.export(List.of(alert(1, host)));
            assertThat(manager.received).hasSize(2);
            assertThat(time(manager.received.getLast(), "startsAt")).isEqualTo(began);
            assertThat(time(manager.received.getLast(), "endsAt")).isEqualTo(began.plusSeconds(61 + 240));

            host.clock().advance(Duration.ofSeconds(1));
            exporter.export(List.of(alert(Staleness.MARKER, host)));
            assertThat(time(manager.received.getLast(), "endsAt")).isEqualTo(began.plusSeconds(62));
        });
    }

    @Test
    void oneThatIsOverIsToldForAQuarterOfAnHourAndMayBeginAnew() throws Exception {
        with((exporter, host) -> {
            exporter.export(List.of(alert(1, host)));
            host.clock().advance(Duration.ofSeconds(10));
            exporter.export(List.of(alert(Staleness.MARKER, host)));
            for (int minute = 0; minute < 30; minute++) {
                host.clock().advance(Duration.ofSeconds(61));
                host.tick();
            }
            assertThat(manager.received).hasSize(2 + 14);
            assertThat(manager.received.stream().skip(1))
                    .extracting(alert -> time(alert, "endsAt"))
                    .containsOnly(time(manager.received.get(1), "endsAt"));
            assertThat(host.meterValues()).containsEntry("alerts", 0.0);

            exporter.export(List.of(alert(1, host)));
            assertThat(time(manager.received.getLast(), "startsAt"))
                    .isEqualTo(host.clock().instant());
        });
    }

    @Test
    void oneThatNobodyReportsIsOver() throws Exception {
        with((exporter, host) -> {
            exporter.export(List.of(alert(1, host)));
            host.clock().advance(Duration.ofSeconds(301));
            host.tick();
            assertThat(time(manager.received.getLast(), "endsAt"))
                    .isEqualTo(host.clock().instant());
        });
    }

    @Test
    void aSeriesIsAnAlertWhenItsConditionHasHeldForLongEnough() throws Exception {
        with(
                (exporter, host) -> {
                    for (double value : new double[] {0, 0, 1, 0, 0}) {
                        exporter.export(List.of(probe(value, host)));
                        exporter.export(List.of(probe(value, host)));
                        host.clock().advance(Duration.ofSeconds(15));
                    }
                    assertThat(manager.received).isEmpty();
                    exporter.export(List.of(probe(0, host)));
                    assertThat(manager.received).singleElement().satisfies(alert -> {
                        assertThat(alert.at("/labels").toString())
                                .isEqualTo(
                                        "{\"alertname\":\"ProbeFailed\",\"severity\":\"page\",\"url\":\"http://shop/?a=1&b={value}\"}");
                        assertThat(alert.at("/annotations/summary").asText())
                                .isEqualTo("http://shop/?a=1&b={value} is 0");
                        assertThat(alert.at("/generatorURL").asText())
                                .isEqualTo("http://look/?q=http%3A%2F%2Fshop%2F%3Fa%3D1%26b%3D%7Bvalue%7D");
                    });
                    host.clock().advance(Duration.ofSeconds(15));
                    exporter.export(List.of(probe(1, host)));
                    assertThat(time(manager.received.getLast(), "endsAt"))
                            .isEqualTo(host.clock().instant());
                },
                "conditions",
                "up == 0 for 1 as Other, probe_success == 0 for 3 as ProbeFailed severity=page",
                "summary",
                "{url} is {value}",
                "generator-url",
                "http://look/?q={url}");
    }

    @Test
    void pendingAlertsAndOtherSeriesAreNoAlerts() throws Exception {
        with((exporter, host) -> {
            var now = host.clock().instant();
            exporter.export(List.of(
                    ALERTS.sample(FIRING.with("alertstate", "pending"), 1, now), PROBE.sample(Labels.EMPTY, 0, now)));
            assertThat(manager.requests).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\n\r\t\u0000", "$1 \\ {alertname}", "<b>ü</b>", "\ud800"})
    void whatLabelsSayMeansNothing(String hostile) throws Exception {
        with(
                (exporter, host) -> {
                    exporter.export(List.of(ALERTS.sample(
                            FIRING.with("pod", hostile), 1, host.clock().instant())));
                    assertThat(manager.received)
                            .singleElement()
                            .satisfies(alert -> assertThat(
                                            alert.at("/annotations/summary").asText())
                                    .isEqualTo("at " + alert.at("/labels/pod").asText() + "."));
                },
                "summary",
                "at {pod}.");
    }

    @Test
    void manyAlertsAreToldInPartsAndThoseBeyondTheLimitAreCounted() throws Exception {
        with(
                (exporter, host) -> {
                    var now = host.clock().instant();
                    exporter.export(IntStream.range(0, 700)
                            .mapToObj(i -> ALERTS.sample(FIRING.with("pod", "p" + i), 1, now))
                            .toList());
                    assertThat(manager.requests).containsExactly(256, 256, 88);
                    assertThat(host.meterValues()).containsEntry("samples_over_limit", 100.0);
                },
                "max-alerts",
                "600");
    }

    @Test
    void allAreToldAndOneIsEnough() throws Exception {
        try (var other = new FakeAlertmanager()) {
            with(
                    (exporter, host) -> {
                        exporter.export(List.of(alert(1, host)));
                        assertThat(other.received).hasSize(1);
                        assertThat(manager.received).hasSize(1);

                        other.always(500);
                        host.clock().advance(Duration.ofSeconds(61));
                        exporter.export(List.of(alert(1, host)));
                        assertThat(manager.received).hasSize(2);
                        assertThat(host.meterValues()).containsEntry("failed_requests", 1.0);
                    },
                    "urls",
                    manager.url() + ", " + other.url() + "/");
        }
    }

    @ParameterizedTest
    @CsvSource({"400,PERMANENT", "404,PERMANENT", "413,PERMANENT", "429,TRANSIENT", "500,TRANSIENT", "503,TRANSIENT"})
    void anAnswerTellsWhetherToTryAgain(int status, FailureKind kind) throws Exception {
        with((exporter, host) -> {
            manager.always(status);
            var failure = catchThrowableOfType(ExportException.class, () -> exporter.export(List.of(alert(1, host))));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.isTooLarge()).isFalse();

            manager.behaviour = manager::take;
            exporter.export(List.of(alert(1, host)));
            assertThat(manager.received).hasSize(kind == FailureKind.TRANSIENT ? 1 : 0);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "urls,ftp://x",
        "urls,''",
        "urls,http://a:b@c",
        "conditions,up = 0 for 1 as A",
        "conditions,up == none for 1 as A",
        "conditions,up == 0 as A",
        "conditions,up == 0 for 1 as A 1=b"
    })
    void settingsThatCannotWorkAreExplained(String key, String value) {
        assertThatThrownBy(() -> with((exporter, host) -> {}, key, value))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith(key + ": '");
    }

    private static Sample alert(double value, TestContext host) {
        return ALERTS.sample(FIRING, value, host.clock().instant());
    }

    private static Sample probe(double value, TestContext host) {
        return PROBE.sample(
                Labels.of("url", "http://shop/?a=1&b={value}"),
                value,
                host.clock().instant());
    }

    private static Instant time(JsonNode alert, String name) {
        return Instant.parse(alert.at("/" + name).asText());
    }

    private void with(Watched watched, String... settings) throws Exception {
        var written = new HashMap<>(Map.of("urls", manager.url()));
        for (int i = 0; i < settings.length; i += 2) {
            written.put(settings[i], settings[i + 1]);
        }
        var factory = new AlertmanagerExporterFactory();
        try (var host = TestContext.of(factory, written);
                var exporter = factory.create(host)) {
            watched.run(exporter, host);
        }
    }
}
