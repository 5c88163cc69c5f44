package dev.binnacle.prometheus.promql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTest {
    @Test
    void matchersComeInTheirOrder() {
        assertThat(Selector.of("up")
                        .is("job", "a")
                        .isNot("b", "c")
                        .matches("d", "e.")
                        .matchesNot("f", "g"))
                .hasToString("up{job=\"a\",b!=\"c\",d=~\"e.\",f!~\"g\"}");
        assertThat(Selector.of("up")).hasToString("up");
    }

    @Test
    void aValueStaysAValue() {
        assertThat(Selector.of("up").is("job", "a\"} or vector(1) or up{x=\"\\\n$1{{"))
                .hasToString("up{job=\"a\\\"} or vector(1) or up{x=\\\"\\\\\\n$1{{\"}");
    }

    @Test
    void oneOfTakesValuesAsTheyAre() {
        var selector = Selector.of("up").isOneOf("job", List.of("a.b", "c|d", "e"));

        assertThat(selector).hasToString("up{job=~\"a\\\\.b|c\\\\|d|e\"}");
        assertThat(Pattern.matches("a\\.b|c\\|d|e", "aXb")).isFalse();
    }
}
