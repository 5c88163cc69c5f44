package dev.binnacle.prometheus.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.oracle.Oracle;
import dev.binnacle.spi.model.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus' own parser and scrape loop make of pages, and what this one does. */
class PrometheusAgreesTest {
    private static final int MUTATIONS = Integer.getInteger("binnacle.mutations", 4000);

    @Test
    void pagesAreTakenAndRefusedAsByPrometheus() throws Exception {
        var questions = new ArrayList<byte[]>();
        addPages(questions, 't', Pages.text());
        addPages(questions, 'o', Pages.openMetrics());

        var answers = Oracle.answers("pages", questions);

        var differences = new ArrayList<String>();
        for (int i = 0; i < questions.size(); i++) {
            String ours = verdict(questions.get(i));
            if (!Oracle.comparable(ours).equals(answers.get(i))) {
                differences.add("%d %s%n  ours       %s%n  Prometheus %s"
                        .formatted(i, shown(questions.get(i)), ours, answers.get(i)));
            }
        }
        assertThat(differences)
                .as("%d of %d", differences.size(), questions.size())
                .isEmpty();
    }

    private static void addPages(List<byte[]> questions, char format, List<byte[]> pages) {
        for (byte[] page : pages) {
            questions.add(question(format, page));
        }
        for (byte[] page : Pages.mutated(pages, MUTATIONS, format)) {
            questions.add(question(format, page));
        }
    }

    private static byte[] question(char format, byte[] page) {
        byte[] question = new byte[page.length + 1];
        question[0] = (byte) format;
        System.arraycopy(page, 0, question, 1, page.length);
        return question;
    }

    /** Reads the page twice, as the second time goes another way; both have to say the same. */
    private static String verdict(byte[] question) throws IOException {
        var format = question[0] == 'o' ? PageFormat.OPENMETRICS : PageFormat.TEXT;
        var parser = new PageParser<Series>(format, (series, previous) -> series, PageParser.REMEMBER_ALL);
        String once = verdict(parser, question);
        String again = verdict(parser, question);
        return once.equals(again) ? once : "first " + once + ", then " + again;
    }

    private static String verdict(PageParser<Series> parser, byte[] question) throws IOException {
        var text = new StringBuilder();
        long before = parser.exemplars();
        try {
            parser.parse(
                    new ByteArrayInputStream(question, 1, question.length - 1),
                    (series, value, timestamp) -> text.append(sample(series, value, timestamp)));
        } catch (MalformedPageException e) {
            return "refused: " + e.getMessage();
        }
        return (parser.exemplars() - before) + " exemplars;" + text;
    }

    private static String sample(Series series, double value, long timestamp) {
        var text = new StringBuilder(" ").append(series.name()).append('{');
        series.labels()
                .forEach((name, label) -> text.append(name)
                        .append('=')
                        .append(HexFormat.of().formatHex(label.getBytes(StandardCharsets.UTF_8)))
                        .append(','));
        text.append('}')
                .append(Double.isNaN(value) ? "NaN" : HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value)));
        return timestamp == SampleSink.NO_TIMESTAMP
                ? text.toString()
                : text.append('@').append(timestamp).toString();
    }

    private static String shown(byte[] question) {
        return new String(question, StandardCharsets.UTF_8).replace("\n", "\\n").replace("\t", "\\t");
    }
}
