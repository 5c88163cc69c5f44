package dev.binnacle.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextWriterTest {
    private static final Instant AT = Instant.ofEpochMilli(1_395_066_363_000L);
    private static final MetricFamily GAUGE = MetricFamily.gauge("g", "", "Back\\slash and\nline");
    private static final MetricFamily HISTOGRAM = new MetricFamily("h", MetricType.HISTOGRAM, "seconds", "");

    @Test
    void textIsEscapedAndFamiliesAreSorted() throws Exception {
        var samples = List.of(
                MetricFamily.counter("z_total", "", "Last").sample(Labels.EMPTY, 3, AT),
                GAUGE.sample(Labels.of("b", "quote \" back\\slash\nline", "a", "ü"), 0.5, AT));

        assertThat(write(samples)).isEqualTo("""
                # HELP g Back\\\\slash and\\nline
                # TYPE g gauge
                g{a="ü",b="quote \\" back\\\\slash\\nline"} 0.5
                # HELP z_total Last
                # TYPE z_total counter
                z_total 3
                """);
    }

    @Test
    void valuesAreWrittenAsGoReadsThem() {
        assertThat(List.of(7.0, -0.0, 1e14, 1e15, 0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .extracting(TextWriter::number)
                .containsExactly("7", "-0.0", "100000000000000", "1.0E15", "0.1", "NaN", "+Inf", "-Inf");
    }

    @Test
    void timestampsAreWrittenWhenAsked() throws Exception {
        var out = new StringBuilder();
        new TextWriter(Timestamps.WRITTEN)
                .write(List.of(MetricFamily.gauge("g", "", "").sample(Labels.EMPTY, 1, AT)), out);

        assertThat(out).hasToString("# TYPE g gauge\ng 1 1395066363000\n");
    }

    @Test
    void bucketsComeByBoundAndEachHistogramStaysTogether() throws Exception {
        var samples = new ArrayList<Sample>();
        for (String a : List.of("2", "1")) {
            for (String le : List.of("+Inf", "10", "2.5")) {
                samples.add(part("_bucket", Labels.of("a", a, "le", le), 1));
            }
            samples.add(part("_count", Labels.of("a", a), 1));
            samples.add(part("_sum", Labels.of("a", a), 9));
        }

        assertThat(write(samples)).isEqualTo("""
                # TYPE h histogram
                h_bucket{a="1",le="2.5"} 1
                h_bucket{a="1",le="10"} 1
                h_bucket{a="1",le="+Inf"} 1
                h_sum{a="1"} 9
                h_count{a="1"} 1
                h_bucket{a="2",le="2.5"} 1
                h_bucket{a="2",le="10"} 1
                h_bucket{a="2",le="+Inf"} 1
                h_sum{a="2"} 9
                h_count{a="2"} 1
                """);
    }

    @Test
    void theOrderOfTheSamplesDoesNotMatterAndTheParserReadsThePageBack() throws Exception {
        var samples = new ArrayList<>(List.of(
                GAUGE.sample(Labels.of("a", "1"), Double.NaN, AT),
                GAUGE.sample(Labels.of("a", "2"), -1e300, AT),
                part("_bucket", Labels.of("le", "1"), 1),
                part("_bucket", Labels.of("le", "+Inf"), 2),
                part("_count", Labels.EMPTY, 2)));
        String expected = write(samples);
        var random = new Random(42);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(samples, random);
            assertThat(write(samples)).isEqualTo(expected);
        }

        var read = TextParser.parse(expected, AT);
        assertThat(read.problems()).isEmpty();
        assertThat(write(read.samples())).isEqualTo(expected);
    }

    @Test
    void aSeriesThatComesTwiceIsRefused() {
        var sample = GAUGE.sample(Labels.EMPTY, 1, AT);

        assertThatThrownBy(() -> write(List.of(sample, sample))).hasMessage("the series comes twice: g{}");
    }

    @Test
    void aFamilyHasOneType() {
        var other = MetricFamily.counter("g", "", "").sample(Labels.EMPTY, 1, AT);

        assertThatThrownBy(() -> write(List.of(GAUGE.sample(Labels.EMPTY, 1, AT), other)))
                .hasMessageStartingWith("g has more than one type");
    }

    private static Sample part(String suffix, Labels labels, double value) {
        return new Sample(new Series(HISTOGRAM, suffix, labels), value, AT);
    }

    private static String write(List<Sample> samples) throws IOException {
        var out = new StringBuilder();
        new TextWriter(Timestamps.OMITTED).write(samples, out);
        return out.toString();
    }
}
