package dev.binnacle.prometheus.promql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
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
    void aConditionTellsOfLabelsWhatPrometheusWould() {
        var condition = Selector.of("up")
                .is("a", "x")
                .isNot("b", "y")
                .matches("c", "(z|.*w)")
                .matchesNot("d", "v.*")
                .condition();

        assertThat(condition.test(Map.of("a", "x", "c", "z"))).isTrue();
        assertThat(condition.test(Map.of("a", "x", "c", "1\n2w", "d", "av"))).isTrue();
        assertThat(condition.test(Map.of("a", "x", "b", "y", "c", "z"))).isFalse();
        assertThat(condition.test(Map.of("a", "x", "c", "zz"))).isFalse();
        assertThat(condition.test(Map.of("a", "x", "c", "z", "d", "v"))).isFalse();
        assertThat(condition.test(Map.of("c", "z"))).isFalse();
        assertThat(Selector.of("up").is("a", "").condition().test(Map.of())).isTrue();
    }

    @Test
    void oneOfTakesValuesAsTheyAre() {
        var selector = Selector.of("up").isOneOf("job", List.of("a.b", "c|d", "e"));

        assertThat(selector).hasToString("up{job=~\"a\\\\.b|c\\\\|d|e\"}");
        assertThat(Pattern.matches("a\\.b|c\\|d|e", "aXb")).isFalse();
    }
}
