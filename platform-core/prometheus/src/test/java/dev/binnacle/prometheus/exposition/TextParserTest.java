package dev.binnacle.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void brokenConventionsAreRemarksWithTheLineOfTheFamily() {
        var page = parse("""
                # HELP good_total Good.
                # TYPE good_total counter
                good_total 1
                # HELP bad Bad.
                # TYPE bad counter
                bad 1
                # TYPE odd_total gauge
                odd_total 1
                bare 1
                """);

        assertThat(page.isValid()).isTrue();
        assertThat(page.remarks())
                .extracting(LineProblem::toString)
                .containsExactly(
                        "line 4: the counter bad does not end in _total",
                        "line 7: odd_total ends in _total and is no counter but gauge",
                        "line 7: odd_total has no HELP line",
                        "line 9: bare has no HELP line",
                        "line 9: bare has no TYPE line");
    }

    @Test
    void theExampleOfTheFormatsDocumentationIsReadWhole() {
        var page = parse("""
                # HELP http_requests_total The total number of HTTP requests.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027 1395066363000
                http_requests_total{method="post",code="400"}    3 1395066363000

                # Escaping in label values:
                msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

                # Minimalistic line:
                metric_without_timestamp_and_labels 12.47

                # A weird metric from before the epoch:
                something_weird{problem="division by zero"} +Inf -3982045

                # A histogram, which has a pretty complex representation in the text format:
                # HELP http_request_duration_seconds A histogram of the request duration.
                # TYPE http_request_duration_seconds histogram
                http_request_duration_seconds_bucket{le="0.05"} 24054
                http_request_duration_seconds_bucket{le="0.1"} 33444
                http_request_duration_seconds_bucket{le="+Inf"} 144320
                http_request_duration_seconds_sum 53423
                http_request_duration_seconds_count 144320

                # Finally a summary, which has a complex representation, too:
                # TYPE rpc_duration_seconds summary
                rpc_duration_seconds{quantile="0.5"} 4773
                rpc_duration_seconds_sum 1.7560473e+07
                rpc_duration_seconds_count 2693
                """);

        assertThat(page.problems()).isEmpty();
        assertThat(page.samples()).hasSize(13);
        var first = page.samples().getFirst();
        assertThat(first.series().family().type()).isEqualTo(MetricType.COUNTER);
        assertThat(first.series().family().help()).isEqualTo("The total number of HTTP requests.");
        assertThat(first.at()).isEqualTo(Instant.ofEpochMilli(1395066363000L));
        assertThat(page.samples().get(2).series().labels().get("error")).hasValue("Cannot find file:\n\"FILE.TXT\"");
        assertThat(page.samples().get(2).series().labels().get("path")).hasValue("C:\\DIR\\FILE.TXT");
        assertThat(page.samples().get(3).at()).isEqualTo(AT);
        assertThat(page.samples().get(4).value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(page.samples().get(5).series().family().name()).isEqualTo("http_request_duration_seconds");
        assertThat(page.samples().getLast().series().suffix()).isEqualTo("_count");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-1.5e3,-1500", ".5,0.5", "5.,5", "+Inf,Infinity", "inf,Infinity", "-Inf,-Infinity", "NaN,NaN"})
    void numbersAreThoseOfPrometheus(String text, double value) {
        assertThat(parse("a " + text + "\n").samples())
                .extracting(Sample::value)
                .containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x1p3", "1_000", "1e", "one", "1f", "1d", "--1", "infinit"})
    void otherNumbersAreNot(String text) {
        assertThat(problems("a " + text + "\n")).containsExactly("line 1: the value '" + text + "' is not a number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{} 1\n",
                "a{b=\"c\",} 1\n",
                " \ta { b = \"c\" , d=\"e\" } 1 \n",
                "a{b=\"}\"} 1\n",
                "# HELP a\na 1\n",
                "#HELP is a comment without a blank\na 1\n",
                "# free text\na 1\n",
                "a 1 5\n",
                "a_count 1\n",
                "",
                "\n\n"
            })
    void unusualButValidPagesHaveNoProblem(String page) {
        assertThat(problems(page)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a|line 1: the value is missing",
                "1a 1|line 1: a metric name is expected, found '1a 1'",
                "a{b=\"c} 1|line 1: the label value \"c} 1 has no closing quote",
                "a{b=c} 1|line 1: a label value in quotes is expected, found 'c} 1'",
                "a{b} 1|line 1: '=' is expected, found '} 1'",
                "a{b:c=\"d\"} 1|line 1: '=' is expected, found ':c=\"d\"} 1'",
                "a{b=\"c\" d=\"e\"} 1|line 1: ',' or '}' is expected after a label, found 'd=\"e\"} 1'",
                "a{b=\"c\",b=\"d\"} 1|line 1: the label b comes twice",
                "a{b=\"\\t\"} 1|line 1: the escape '\\t' does not exist",
                "a{,} 1|line 1: a label name is expected, found ',} 1'",
                "a 1 soon|line 1: the timestamp 'soon' is not a whole number of milliseconds",
                "a 1 1.5|line 1: the timestamp '1.5' is not a whole number of milliseconds",
                "a 1 5 6|line 1: more text than expected: '6'",
                "# TYPE a number|line 1: 'number' is not a type; it is one of counter, gauge, histogram, summary, untyped",
                "# HELP a \\q|line 1: the escape '\\q' does not exist",
                "# TYPE a-b gauge|line 1: a metric name ends at 'a'",
            })
    void aWrongLineIsReportedWithItsReason(String line, String problem) {
        assertThat(problems(line + "\n")).containsExactly(problem);
    }

    @Test
    void everyWrongLineIsReportedAndTheOthersAreRead() {
        var page = parse("a 1\nb\nc 3\nd x\n");

        assertThat(page.samples()).extracting(sample -> sample.series().name()).containsExactly("a", "c");
        assertThat(page.problems()).extracting(LineProblem::line).containsExactly(2, 4);
    }

    @Test
    void linesOfAFamilyStandTogether() {
        assertThat(problems("a{b=\"1\"} 1\nc 1\na{b=\"2\"} 1\n"))
                .containsExactly("line 3: the lines of a do not stand together");
    }

    @Test
    void aSeriesComesOnce() {
        assertThat(problems("a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 1\n"))
                .containsExactly("line 2: the series a{b=\"1\",c=\"2\"} comes twice");
    }

    @Test
    void theTypeComesOnceAndFirst() {
        assertThat(problems("a 1\n# TYPE a gauge\n"))
                .containsExactly("line 2: the TYPE line of a comes after its first sample");
        assertThat(problems("# TYPE a gauge\n# TYPE a gauge\n")).containsExactly("line 2: a second TYPE line for a");
        assertThat(problems("# HELP a x\n# HELP a x\n")).containsExactly("line 2: a second HELP line for a");
    }

    @Test
    void theLastLineEnds() {
        assertThat(problems("a 1\nb 2")).containsExactly("line 2: the last line does not end with a line feed");
    }

    @Test
    void carriageReturnsAreNoLineEnds() {
        assertThat(problems("a 1\r\n")).containsExactly("line 1: the value '1\r' is not a number");
    }

    @Test
    void bucketsAddUp() {
        String type = "# TYPE h histogram\n";
        assertThat(problems(type + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n"))
                .containsExactly("line 4: the histogram h{} has no bucket le=\"+Inf\"");
        assertThat(problems(type + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n"))
                .containsExactly("line 3: the bucket le=\"+Inf\" of h counts less than the one before: 1 after 2");
        assertThat(problems(type + "h_bucket{le=\"2\"} 1\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n"))
                .containsExactly("line 3: the bucket le=\"1\" of h does not come after a smaller one");
        assertThat(problems(type + "h_bucket{le=\"+Inf\"} 1\nh_count 2\n"))
                .containsExactly("line 3: the histogram h{} counts 2 in all and 1 in its buckets");
        assertThat(problems(type + "h_bucket 1\n")).contains("line 2: the label le is missing");
        assertThat(problems(type + "h 1\n"))
                .containsExactly("line 2: the histogram h has a sample that is no _bucket, _sum or _count");
        assertThat(problems(type
                        + "h_bucket{a=\"1\",le=\"+Inf\"} 1\nh_bucket{a=\"2\",le=\"+Inf\"} 3\nh_count{a=\"2\"} 3\n"))
                .isEmpty();
    }

    @Test
    void aPageOfSomethingElseIsRefusedAtItsFirstLine() {
        assertThat(problems("<!DOCTYPE html>\n<p>503</p>\n"))
                .first()
                .isEqualTo("line 1: a metric name is expected, found '<!DOCTYPE html>'");
    }

    private static Exposition parse(String page) {
        return TextParser.parse(page, AT);
    }

    private static List<String> problems(String page) {
        return parse(page).problems().stream().map(LineProblem::toString).toList();
    }
}
