package dev.binnacle.prometheus.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.exposition.Exposition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsRulesTest {
    @Test
    void aPageAsTheSpecificationWantsItHasNoProblems() throws IOException {
        var page = read("""
                # TYPE requests counter
                # HELP requests Requests.
                requests_total{code="200"} 3 # {trace_id="abc"} 1 1520879607.789
                requests_created{code="200"} 1520430000.123
                # TYPE wait_seconds histogram
                # UNIT wait_seconds seconds
                # HELP wait_seconds Waiting.
                wait_seconds_bucket{le="1.0"} 1
                wait_seconds_bucket{le="+Inf"} 2
                wait_seconds_count 2
                wait_seconds_sum 3.5
                # TYPE quick summary
                # HELP quick Quick ones.
                quick{quantile="0.95"} 123.7
                quick_count 2
                # TYPE build info
                # HELP build What it is.
                build_info{version="1"} 1
                # TYPE state stateset
                # HELP state How it is.
                state{state="on"} 1
                state{state="off"} 0
                # TYPE size gaugehistogram
                # HELP size How large.
                size_bucket{le="+Inf"} 2
                size_gcount 2
                size_gsum -3
                # TYPE heat gauge
                # HELP heat How warm.
                heat 1 1000
                heat 2 1001
                # EOF
                """);

        assertThat(page.problems()).isEmpty();
        assertThat(page.remarks()).isEmpty();
        assertThat(page.samples()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "# TYPE a counter|a 1; a sample of a ends in one of [_total, _created]",
                "a{b=\"c\",} 1; a comma stands behind the last label",
                "# TYPE a counter|a_total -1; a_total counts, and is -1.0",
                "# TYPE a counter|a_total NaN; a_total counts, and is NaN",
                "# TYPE a gauge|# TYPE a gauge|a 1; a second TYPE line for a",
                "a 1|# TYPE a gauge; the TYPE line of a comes after its first sample",
                "a 1|b 1|a{c=\"d\"} 1; the lines of a do not stand together",
                "a 1|a 1; the series a{} comes twice",
                "a 1 2|a 1 2; the series a{} does not go on in time",
                "a 1 2|a{b=\"c\"} 1; some samples of a have timestamps, and some have none",
                "# TYPE a gauge|a 1 # {b=\"c\"} 1; an exemplar stands where none may: behind a",
                "# TYPE a info|a_info 2; the value of an info is 1, not 2.0",
                "# TYPE a stateset|a{a=\"on\"} 2; the value of a state is 0 or 1, not 2.0",
                "# TYPE a stateset|a 1; the label a, which names the state, is missing",
                "# TYPE a_x stateset|# UNIT a_x x; a_x can have no unit",
                "# TYPE a summary|a{quantile=\"2\"} 1; a quantile is from 0 to 1, not 2.0",
                "# TYPE a summary|a 1; the label quantile is missing or not a number",
                "# TYPE a histogram|a_bucket 1; the label le is missing or not a number",
            })
    void whatTheSpecificationForbidsIsAProblem(String lines, String problem) throws IOException {
        var page = read(lines.replace('|', '\n') + "\n# EOF\n");

        assertThat(page.problems()).singleElement().asString().endsWith(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE a histogram|a_bucket{le=\"1\"} 1|a_count 1",
                "# TYPE a histogram|a_bucket{le=\"1\"} 3|a_bucket{le=\"+Inf\"} 2",
                "# TYPE a histogram|a_bucket{le=\"+Inf\"} 2|a_count 3",
                "a 1||",
                "# a remark"
            })
    void bucketsThatDoNotAddUpAndLinesThatAreNoneAreProblems(String lines) throws IOException {
        assertThat(read(lines.replace('|', '\n') + "\n# EOF\n").isValid()).isFalse();
    }

    @Test
    void theEndIsNeeded() throws IOException {
        assertThat(read("a 1\n").problems()).singleElement().asString().contains("does not end with '# EOF'");
    }

    private static Exposition read(String page) throws IOException {
        return OpenMetricsRules.read(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), Instant.MIN);
    }
}
