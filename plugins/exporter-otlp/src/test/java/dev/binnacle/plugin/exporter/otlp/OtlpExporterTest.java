package dev.binnacle.plugin.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpExporterTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    private final FakeCollector collector = new FakeCollector();
    private final Map<String, Double> meters = new HashMap<>();

    @AfterEach
    void close() {
        collector.close();
    }

    @ParameterizedTest
    @CsvSource({"true,gzip", "false,"})
    void aBatchIsOneRequestInProtocolBuffers(String gzip, String encoding) throws Exception {
        export(Samples.histogram(Samples.TARGET, 1, 1, AT), "gzip", gzip, "headers", "X-Scope=a");

        assertThat(collector.received).hasSize(1);
        assertThat(collector.headers).singleElement().satisfies(headers -> {
            assertThat(headers.getFirst("Content-Type")).isEqualTo("application/x-protobuf");
            assertThat(headers.getFirst("Content-Encoding")).isEqualTo(encoding);
            assertThat(headers.getFirst("X-Scope")).isEqualTo("a");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400,PERMANENT",
        "401,PERMANENT",
        "404,PERMANENT",
        "301,PERMANENT",
        "500,PERMANENT",
        "501,PERMANENT",
        "429,TRANSIENT",
        "502,TRANSIENT",
        "503,TRANSIENT",
        "504,TRANSIENT"
    })
    void anAnswerTellsWhetherToTryAgain(int status, FailureKind kind) {
        collector.behaviour = (exchange, request) -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            FakeCollector.answer(exchange, status, "why\nnot".getBytes(StandardCharsets.UTF_8));
        };
        var failure = failure(Samples.histogram(Labels.EMPTY, 1, 1, AT));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("the receiver answers " + status + ": why not");
        if (kind == FailureKind.TRANSIENT) {
            assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(7));
        }
    }

    @Test
    void tooLargeIsSaid() {
        collector.behaviour = (exchange, request) -> FakeCollector.answer(exchange, 413, new byte[0]);
        assertThat(failure(Samples.histogram(Labels.EMPTY, 1, 1, AT)).isTooLarge())
                .isTrue();
    }

    @Test
    void aPageForPeopleIsNoSuccess() {
        collector.behaviour = (exchange, request) ->
                FakeCollector.answer(exchange, 200, "<html>Please sign in</html>".getBytes(StandardCharsets.UTF_8));
        var failure = failure(Samples.histogram(Labels.EMPTY, 1, 1, AT));
        assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(failure).hasMessageContaining("no answer of OTLP").hasMessageContaining("Please sign in");
    }

    @Test
    void pointsThatTheReceiverRejectsCountWithItsWords() {
        collector.reject(1, "out of\norder");
        var batch = new ArrayList<>(Samples.histogram(Labels.EMPTY, 1, 1, AT));
        batch.add(Samples.of(Samples.LEVEL, "", Labels.EMPTY, 1, AT));

        var failure = failure(batch);
        assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(failure).hasMessage("the receiver rejects 1 of 2 points: out of order");
        assertThat(failure.refusedOf(batch.size())).isEqualTo(3);
        assertThat(meters).containsEntry("rejected_points", 1.0);
    }

    @Test
    void aReceiverThatOnlyWarnsTookEverything() throws Exception {
        collector.reject(0, "soon this is over");
        export(Samples.histogram(Labels.EMPTY, 1, 1, AT));
    }

    @Test
    void whatCannotBeSentIsCountedByReasonAndTheRestIsSent() {
        var batch = new ArrayList<>(Samples.histogram(Labels.of("a", "1"), 1, 1, AT));
        batch.addAll(Samples.histogram(Labels.of("a", "2"), 1, 1, AT).subList(0, 3));

        var failure = failure(batch);
        assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(failure.refusedOf(batch.size())).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("3 samples are no points of OTLP: wait_seconds{a=\"2\"}: Samples of hist");
        assertThat(meters).containsEntry("incomplete_samples", 3.0);
        assertThat(collector.metrics().toList())
                .singleElement()
                .satisfies(metric ->
                        assertThat(metric.getHistogram().getDataPointsCount()).isEqualTo(1));
    }

    private ExportException failure(List<Sample> batch) {
        return catchThrowableOfType(ExportException.class, () -> export(batch));
    }

    private void export(List<Sample> batch, String... settings) throws Exception {
        var written = new HashMap<>(Map.of("url", collector.url()));
        for (int i = 0; i < settings.length; i += 2) {
            written.put(settings[i], settings[i + 1]);
        }
        var factory = new OtlpExporterFactory();
        try (var context = TestContext.of(factory, written);
                var exporter = factory.create(context)) {
            try {
                exporter.export(batch);
            } finally {
                meters.putAll(context.meterValues());
            }
        }
    }
}
