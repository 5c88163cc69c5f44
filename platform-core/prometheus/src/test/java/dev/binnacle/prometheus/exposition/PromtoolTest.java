package dev.binnacle.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' own tool judges writer and parser, when {@code -Dbinnacle.promtool} or {@code BINNACLE_PROMTOOL} names one. */
class PromtoolTest {
    private static final Instant AT = Instant.EPOCH;

    private String promtool;

    @BeforeEach
    void find() {
        promtool = System.getProperty("binnacle.promtool", System.getenv("BINNACLE_PROMTOOL"));
        assumeTrue(promtool != null && !promtool.isBlank(), "no promtool is given: -Dbinnacle.promtool=PATH");
    }

    @Test
    void everythingTheWriterCanWriteIsAccepted() throws Exception {
        var gauge = MetricFamily.gauge("queue_length", "", "Back\\slash\nand line");
        var counter = MetricFamily.counter("things_total", "", "Things");
        var histogram = new MetricFamily("wait_seconds", MetricType.HISTOGRAM, "seconds", "How long");
        var summary = new MetricFamily("size_bytes", MetricType.SUMMARY, "bytes", "How large");
        var page = new StringBuilder();
        new TextWriter(Timestamps.OMITTED)
                .write(
                        List.of(
                                gauge.sample(Labels.of("path", "C:\\a\n\"b\" ü"), Double.NEGATIVE_INFINITY, AT),
                                gauge.sample(Labels.of("path", "nan"), Double.NaN, AT),
                                counter.sample(Labels.EMPTY, 1.0E300, AT),
                                part(histogram, "_bucket", Labels.of("le", "0.5"), 1),
                                part(histogram, "_bucket", Labels.of("le", "+Inf"), 2),
                                part(histogram, "_sum", Labels.EMPTY, 3.25),
                                part(histogram, "_count", Labels.EMPTY, 2),
                                part(summary, "", Labels.of("quantile", "0.5"), 7),
                                part(summary, "_sum", Labels.EMPTY, 14),
                                part(summary, "_count", Labels.EMPTY, 2)),
                        page);

        assertThat(accepts(page.toString())).isTrue();
        assertThat(TextParser.parse(page.toString(), AT).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{b=\"c} 1\n",
                "a{b=\"\\t\"} 1\n",
                "a\n",
                "a one\n",
                "a{b=\"c\",b=\"d\"} 1\n",
                "# TYPE a number\na 1\n",
                "a 1\n# TYPE a gauge\n",
                "a 1 1.5\n",
                "# TYPE a gauge\n# TYPE a gauge\na 1\n",
                "1a 1\n",
                "<html>\n"
            })
    void whatItRefusesTheParserRefusesToo(String page) throws Exception {
        assertThat(accepts(page)).isFalse();
        assertThat(TextParser.parse(page, AT).isValid()).isFalse();
    }

    private static Sample part(MetricFamily family, String suffix, Labels labels, double value) {
        return new Sample(new Series(family, suffix, labels), value, AT);
    }

    /** Exit 1 is a page that cannot be parsed; 3 is one whose names could be better. */
    private boolean accepts(String page) throws Exception {
        var process = new ProcessBuilder(promtool, "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(page.getBytes(StandardCharsets.UTF_8));
        }
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() != 1;
    }
}
