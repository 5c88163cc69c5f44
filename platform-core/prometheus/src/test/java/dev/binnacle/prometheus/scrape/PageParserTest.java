package dev.binnacle.prometheus.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.prometheus.exposition.LineProblem;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageParserTest {
    private final List<Series> made = new ArrayList<>();
    private final PageParser<Series> parser = new PageParser<>(PageFormat.TEXT, this::make, PageParser.REMEMBER_ALL);

    @Test
    void aSeriesThatWasThereBeforeIsMadeOnce() throws Exception {
        var first = read("a{b=\"1\"} 1\na{b=\"2\"} 2\nc 3\n");
        var moved = read("new 0\nc 3\na{b=\"2\"} 2\n\n# a remark\na{b=\"1\"} 1\n");
        var again = read("a{b=\"1\"} 10.5\na{b=\"2\"} 1e3\nc 3 5\n");

        assertThat(made).hasSize(4);
        assertThat(moved.get(1)).isSameAs(first.get(2));
        assertThat(moved.get(3)).isSameAs(first.get(0));
        for (int i = 0; i < 3; i++) {
            assertThat(again.get(i)).isSameAs(first.get(i));
        }
    }

    @Test
    void aNameThatOnlyBeginsLikeTheExpectedOneIsAnother() throws Exception {
        read("a 1\nb 1\n");

        assertThat(read("ab 1\nb{c=\"d\"} 1\n").stream().map(Series::toString)).containsExactly("ab{}", "b{c=\"d\"}");
        assertThat(read("a {c=\"d\"} 1\nb  1\n").stream().map(Series::toString)).containsExactly("a{c=\"d\"}", "b{}");
    }

    @Test
    void whatIsSaidOfAFamilyIsSaidOfItsSeries() throws Exception {
        var series = read("""
                # HELP a_seconds How long
                # TYPE a_seconds histogram
                a_seconds_bucket{le="+Inf"} 1
                a_seconds_sum 1
                a_seconds_count 1
                """);

        assertThat(series).allSatisfy(each -> {
            assertThat(each.family().name()).isEqualTo("a_seconds");
            assertThat(each.family().type()).isEqualTo(MetricType.HISTOGRAM);
            assertThat(each.family().help()).isEqualTo("How long");
        });
    }

    @Test
    void seriesAreMadeAgainWhenTheirFamilyIsDescribedAnew() throws Exception {
        read("# TYPE a gauge\na 1\n");
        read("# TYPE a gauge\na 1\n");
        var series = read("# TYPE a counter\na 1\n");

        assertThat(made).hasSize(2);
        assertThat(series.getFirst().family().type()).isEqualTo(MetricType.COUNTER);
    }

    @Test
    void aPageInDropsIsThePage() throws Exception {
        String page = "# HELP a x\na{b=\"" + "y".repeat(200_000) + "\"} 1\nb 2";
        var drops = new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(length, 7));
            }
        };

        assertThat(read(drops)).hasSize(2);
        assertThat(read(page)).hasSize(2);
        assertThat(made).hasSize(2);
    }

    @Test
    void aLineWithoutEndIsNotReadToItsEnd() {
        var endless = new InputStream() {
            private long count;

            @Override
            public int read() {
                return count++ == 0 ? 'a' : '_';
            }
        };

        assertThatThrownBy(() -> read(endless))
                .isInstanceOf(MalformedPageException.class)
                .hasMessage("line 1: the line is longer than 4194304 bytes");
    }

    @Test
    void whatAMakerRefusesMakesThePageUnacceptable() {
        var strict = new PageParser<Series>(
                PageFormat.TEXT,
                (series, previous) -> {
                    throw new RefusedSeriesException("too many labels");
                },
                PageParser.REMEMBER_ALL);

        assertThatThrownBy(() -> strict.parse(stream("\na 1\n"), (series, value, timestamp) -> {}))
                .hasMessage("line 2: too many labels");
    }

    @Test
    void allProblemsOfAPageAreFound() throws Exception {
        var problems = new ArrayList<LineProblem>();
        var samples = new ArrayList<Series>();

        parser.check(
                stream("a 1\nb{ 2\nc 3\nd one\n"), (series, value, timestamp) -> samples.add(series), problems::add);

        assertThat(samples).extracting(Series::name).containsExactly("a", "c");
        assertThat(problems)
                .extracting(LineProblem::toString)
                .containsExactly(
                        "line 2: a label name is expected, found '2'", "line 4: the value 'one' is not a number");
    }

    @Test
    void aHundredMegabytesNeedNoHeapInProportion() throws Exception {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx16m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargePage.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(LargePage.LINES + " samples");
        assertThat(process.waitFor()).isZero();
    }

    private Series make(Series series, Series previous) {
        made.add(series);
        return series;
    }

    private List<Series> read(String page) throws Exception {
        return read(stream(page));
    }

    private List<Series> read(InputStream page) throws IOException, MalformedPageException {
        var samples = new ArrayList<Series>();
        parser.parse(page, (series, value, timestamp) -> samples.add(series));
        return samples;
    }

    private static InputStream stream(String page) {
        return new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8));
    }
}
