package dev.binnacle.plugin.exporters.prometheus.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.binnacle.plugin.exporters.prometheus.write.ReceivedMessage.Received;
import dev.binnacle.prometheus.config.HttpOptions;
import dev.binnacle.prometheus.config.TlsOptions;
import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import dev.binnacle.spi.testkit.TestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteExporterTest {
    private static final MetricFamily WAIT =
            new MetricFamily("wait_seconds", MetricType.HISTOGRAM, "seconds", "How long it waits");
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Labels LABELS = Labels.of("le", "0.5", "Zone", "ü", "__a", "b", "_a", "c", "a", "d");
    private static final List<Sample> BATCH = List.of(
            new Sample(new Series(WAIT, "_bucket", LABELS), -0.0, AT),
            new Sample(new Series(WAIT, "_sum", Labels.EMPTY), Double.MIN_VALUE, AT),
            new Sample(new Series(WAIT, "_sum", Labels.EMPTY), stale(), AT.plusMillis(1)));

    private final StandInReceiver receiver = new StandInReceiver();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void versionTwoSaysEachTextOnceAndWhatTheMetricMeans() throws Exception {
        export(BATCH);

        assertThat(receiver.received)
                .containsExactly(
                        received(0, WAIT.help(), WAIT.unit(), 3),
                        received(1, WAIT.help(), WAIT.unit(), 3),
                        received(2, WAIT.help(), WAIT.unit(), 3));
        assertThat(receiver.headers).singleElement().satisfies(headers -> {
            assertThat(headers.getFirst("Content-Type"))
                    .isEqualTo("application/x-protobuf;proto=io.prometheus.write.v2.Request");
            assertThat(headers.getFirst("Content-Encoding")).isEqualTo("snappy");
            assertThat(headers.getFirst("X-Prometheus-Remote-Write-Version")).isEqualTo("2.0.0");
        });
    }

    @Test
    void versionOneHasTheLabelsSortedWithTheNameAmongThem() throws Exception {
        export(BATCH, "version", "1.0");

        assertThat(receiver.received)
                .containsExactly(received(0, "", "", 0), received(1, "", "", 0), received(2, "", "", 0));
        assertThat(receiver.received.getFirst().labels())
                .containsExactly(
                        "Zone", "ü", "__a", "b", "__name__", "wait_seconds_bucket", "_a", "c", "a", "d", "le", "0.5");
        assertThat(receiver.headers).hasSize(2).allSatisfy(headers -> {
            assertThat(headers.getFirst("Content-Type")).isEqualTo("application/x-protobuf");
            assertThat(headers.getFirst("X-Prometheus-Remote-Write-Version")).isEqualTo("0.1.0");
        });
    }

    @Test
    void theSameSeriesAgainAndManyOthersAreWrittenAsTheyAre() throws Exception {
        for (String version : List.of("1.0", "2.0")) {
            receiver.received.clear();
            var context = context("version", version);
            try (context;
                    var exporter = new RemoteWriteExporterFactory().create(context)) {
                for (int round = 0; round < 3; round++) {
                    exporter.export(BATCH);
                    exporter.export(many(round));
                }
            }
            assertThat(receiver.received).hasSize(3 * (BATCH.size() + 2_000));
            assertThat(receiver.received.getLast().series()).isEqualTo("many{i=\"1999\",round=\"2\"}");
        }
    }

    @Test
    void versionOneSaysNowAndThenWhatMetricsMean() throws Exception {
        var context = context("version", "1.0");
        try (context;
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            exporter.export(BATCH);
            exporter.export(BATCH);
            assertThat(receiver.metadata).containsExactly("{1=3, 2=wait_seconds, 4=How long it waits, 5=seconds}");

            context.clock().advance(Duration.ofMinutes(1));
            exporter.export(many(1));
            assertThat(receiver.metadata).hasSize(3).last().isEqualTo("{1=2, 2=many}");
        }
    }

    @Test
    void samplesBeyondTheLimitOfAgeAreDroppedAndCounted() throws Exception {
        var context = context();
        var http = new HttpOptions(null, null, TlsOptions.DEFAULT, false, Map.of());
        var endpoint = new Endpoint(URI.create(receiver.url()), http, Duration.ofSeconds(5));
        var sending = new Sending(WriteVersion.TWO, Duration.ofMinutes(1), Duration.ZERO);
        var level = MetricFamily.gauge("level", "", "");
        var now = context.clock().instant();
        try (context;
                var exporter = new RemoteWriteExporter(
                        endpoint, sending, OutgoingLabels.OWN, context.clock(), context.meters(), context.log())) {
            var batch = List.of(
                    level.sample(Labels.EMPTY, 1, now.minusSeconds(61)),
                    level.sample(Labels.EMPTY, 2, now.minusSeconds(60)));
            var failure = catchThrowableOfType(ExportException.class, () -> exporter.export(batch));
            assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failure.refusedOf(2)).isEqualTo(1);
            assertThat(receiver.received)
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.value()).isEqualTo(2));
            assertThat(context.meterValues()).containsEntry("too_old_samples", 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {415, 200})
    void aReceiverThatKnowsOnlyVersionOneGetsIt(int answerToTwo) throws Exception {
        receiver.behaviour = (exchange, samples) -> {
            boolean two = "2.0.0".equals(exchange.getRequestHeaders().getFirst("X-Prometheus-Remote-Write-Version"));
            if (!two) {
                receiver.received.addAll(samples);
            }
            StandInReceiver.answer(exchange, two ? answerToTwo : 200, Map.of(), "");
        };
        var context = context();
        try (context;
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            exporter.export(BATCH);
            exporter.export(BATCH);
        }

        assertThat(receiver.received).hasSize(2 * BATCH.size());
        assertThat(receiver.headers).as("with a request of metadata").hasSize(4);
    }

    @Test
    void aReceiverToldToTakeVersionTwoIsNotAskedForOne() {
        receiver.always(415, Map.of(), "what is this");

        assertThat(failure("version", "2.0").kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(receiver.headers).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400,PERMANENT",
        "401,PERMANENT",
        "404,PERMANENT",
        "301,PERMANENT",
        "307,PERMANENT",
        "429,TRANSIENT",
        "500,TRANSIENT",
        "503,TRANSIENT"
    })
    void anAnswerTellsWhetherToTryAgain(int status, FailureKind kind) {
        receiver.always(status, Map.of("Location", receiver.url()), "line one\n\tline two " + "x".repeat(100_000));

        var failure = failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("the receiver answers " + status + ": line one line two xxx");
        assertThat(failure.getMessage()).hasSizeLessThan(400);
        assertThat(receiver.headers).as("redirects are not followed").hasSize(1);
    }

    @Test
    void tooLargeIsSaid() {
        receiver.always(413, Map.of(), "");

        assertThat(failure().isTooLarge()).isTrue();
    }

    @Test
    void retryAfterIsASpanOrADate() throws Exception {
        receiver.always(429, Map.of("Retry-After", "7"), "");
        assertThat(failure().retryAfter()).hasValue(Duration.ofSeconds(7));

        var later = context().clock().instant().plusSeconds(90).atZone(ZoneOffset.UTC);
        receiver.always(503, Map.of("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(later)), "");
        assertThat(failure().retryAfter()).hasValue(Duration.ofSeconds(90));

        receiver.always(503, Map.of("Retry-After", "soon"), "");
        assertThat(failure().retryAfter()).isEmpty();
    }

    @Test
    void whatAReceiverOfVersionTwoHasWrittenOfABatchIsNotRefused() {
        receiver.always(400, Map.of("X-Prometheus-Remote-Write-Samples-Written", "2"), "out of order");

        var failure = failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(failure.refusedOf(BATCH.size())).isEqualTo(1);
    }

    @Test
    void aSilentReceiverAndOneThatNeverEndsAreGivenUpInTime() {
        var end = new CountDownLatch(1);
        try {
            receiver.behaviour = (exchange, samples) -> await(end);
            assertThat(failure("timeout", "300ms").kind()).isEqualTo(FailureKind.TRANSIENT);

            receiver.behaviour = (exchange, samples) -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                await(end);
            };
            assertThat(failure("timeout", "300ms")).hasMessageContaining("no whole answer within 300 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void aPasswordFromAFileIsReadAgainWhenItChanges() throws Exception {
        Path file = folder.resolve("password");
        var context = context("username", "ada", "password-file", file.toString());
        try (context;
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            assertThatThrownBy(() -> exporter.export(BATCH)).hasMessageContaining("the credentials cannot be read");
            Files.writeString(file, "one\n");
            exporter.export(BATCH);
            Files.writeString(file, "two\n");
            exporter.export(BATCH);
        }

        assertThat(receiver.headers)
                .extracting(headers -> headers.getFirst("Authorization"))
                .containsExactly("Basic YWRhOm9uZQ==", "Basic YWRhOnR3bw==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t-token", "s3cr3t\nX: y"})
    void aTokenIsInNoMessage(String token) {
        receiver.behaviour = (exchange, samples) -> StandInReceiver.answer(
                exchange,
                403,
                Map.of(),
                "you said " + exchange.getRequestHeaders().getFirst("Authorization"));

        assertThat(failure("bearer-token", token)).message().doesNotContain("s3cr3t");
    }

    @Test
    void aReceiverThatRepeatsATokenAloneTellsItToNobody() {
        receiver.behaviour = (exchange, samples) -> StandInReceiver.answer(
                exchange,
                403,
                Map.of(),
                exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "no such token: "));

        assertThat(failure("bearer-token", "s3cr3t")).message().endsWith("403: no such token: <secret>");
    }

    @ParameterizedTest
    @CsvSource({
        "url,http://ada:pw@127.0.0.1/write,an http or https URL without a user and password",
        "url,ftp://127.0.0.1/write,an http or https URL",
        "version,3.0,'auto, 1.0 or 2.0'",
        "password,pw,there is a password and no user"
    })
    void settingsThatCannotWorkAreExplained(String key, String value, String message) {
        assertThatThrownBy(() -> export(BATCH, key, value))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(key.equals("password") ? "username" : key);
    }

    private static Received received(int index, String help, String unit, int type) {
        var sample = BATCH.get(index);
        var series = sample.series();
        var labels = OutgoingLabels.OWN.of(series).stream()
                .flatMap(pair -> Stream.of(new String(pair.name(), UTF_8), new String(pair.value(), UTF_8)))
                .toList();
        long bits = Double.doubleToRawLongBits(sample.value());
        return new Received(labels, bits, sample.at().toEpochMilli(), type, help, unit);
    }

    private static List<Sample> many(int round) {
        var family = MetricFamily.gauge("many", "", "");
        return IntStream.range(0, 2_000)
                .mapToObj(i -> family.sample(Labels.of("i", "" + i, "round", "" + round), i, AT))
                .toList();
    }

    private static double stale() {
        return Double.longBitsToDouble(0x7ff0000000000002L);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExportException failure(String... settings) {
        return catchThrowableOfType(ExportException.class, () -> export(BATCH, settings));
    }

    private void export(List<Sample> batch, String... settings) throws Exception {
        var context = context(settings);
        try (context;
                var exporter = new RemoteWriteExporterFactory().create(context)) {
            exporter.export(batch);
        }
    }

    private TestContext context(String... settings) throws Exception {
        var written = new HashMap<>(Map.of("url", receiver.url()));
        for (int i = 0; i < settings.length; i += 2) {
            written.put(settings[i], settings[i + 1]);
        }
        return TestContext.of(new RemoteWriteExporterFactory(), written);
    }
}
