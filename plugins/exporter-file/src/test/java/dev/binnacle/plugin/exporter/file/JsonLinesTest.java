package dev.binnacle.plugin.exporter.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.250Z");
    private static final MetricFamily THINGS = MetricFamily.counter("things_total", "", "Things");

    @Test
    void aSampleIsALine() {
        assertThat(text(THINGS.sample(Labels.of("code", "200"), 7, AT)))
                .isEqualTo("{\"at\":\"2026-01-31T12:00:00.250Z\",\"name\":\"things_total\",\"type\":\"counter\","
                        + "\"labels\":{\"code\":\"200\"},\"value\":7.0}\n");
    }

    @Test
    void whatIsNoNumberInJsonIsAText() {
        assertThat(value(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(value(Double.POSITIVE_INFINITY)).isEqualTo("\"+Inf\"");
        assertThat(value(Double.NEGATIVE_INFINITY)).isEqualTo("\"-Inf\"");
        assertThat(value(Staleness.MARKER)).isEqualTo("\"stale\"");
        assertThat(value(1e300)).isEqualTo("1.0E300");
    }

    @Test
    void hostileLabelsStayInTheirLine() throws Exception {
        String hostile = "a\"}\n{\"at\":\u0000\u2028é";
        String line = text(THINGS.sample(Labels.of("path", hostile), 1, AT));

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(new JsonMapper().readTree(line).at("/labels/path").asText()).isEqualTo(hostile);
    }

    private static String value(double value) {
        String line = text(THINGS.sample(Labels.EMPTY, value, AT));
        return line.substring(line.indexOf("\"value\":") + 8, line.indexOf('}', line.indexOf("\"value\":")));
    }

    private static String text(Sample sample) {
        return new String(JsonLines.of(List.of(sample)), UTF_8);
    }
}
