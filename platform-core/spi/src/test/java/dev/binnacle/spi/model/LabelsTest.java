package dev.binnacle.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    @Test
    void theOrderOfTheNamesDoesNotMatter() {
        var one = Labels.of("b", "2", "a", "1");

        assertThat(one)
                .isEqualTo(Labels.of(Map.of("a", "1", "b", "2")))
                .hasSameHashCodeAs(Labels.of("a", "1", "b", "2"));
        assertThat(one).hasToString("{a=\"1\",b=\"2\"}").isNotEqualTo(Labels.of("a", "2", "b", "1"));
    }

    @Test
    void anEmptyValueIsNoLabel() {
        assertThat(Labels.of("a", "")).isSameAs(Labels.EMPTY);
        assertThat(Labels.of("a", "1", "b", "2").with("a", "")).isEqualTo(Labels.of("b", "2"));
    }

    @Test
    void theyHaveTheirOwnOrderWhateverTheMapHas() {
        var backwards = new TreeMap<String, String>(Comparator.reverseOrder());
        backwards.putAll(Map.of("a", "1", "b", "2", "c", ""));

        assertThat(Labels.of(backwards))
                .isEqualTo(Labels.of(new TreeMap<>(backwards)))
                .isEqualTo(Labels.of("a", "1", "b", "2"));
        assertThat(backwards).hasSize(3);
    }

    @Test
    void oneLabelCanBeAskedFor() {
        var labels = Labels.of("a", "1", "b", "2");

        assertThat(labels.get("b")).hasValue("2");
        assertThat(labels.get("1")).isEmpty();
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.with("a", "3").get("a")).hasValue("3");
    }

    @Test
    void theyAreSortedByNameAndValue() {
        assertThat(List.of(Labels.of("b", "1"), Labels.of("a", "2"), Labels.of("a", "1", "c", "1"), Labels.EMPTY))
                .isNotEmpty()
                .satisfies(all -> assertThat(all.stream().sorted().map(Labels::toString))
                        .containsExactly("{}", "{a=\"1\",c=\"1\"}", "{a=\"2\"}", "{b=\"1\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "a:b", "ä"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> Labels.of(name, "1")).hasMessageContaining("got '" + name + "'");
    }

    @Test
    void aNameComesOnceAndHasAValue() {
        assertThatThrownBy(() -> Labels.of("a", "1", "a", "2")).hasMessage("the label a comes twice");
        assertThatThrownBy(() -> Labels.of("a")).hasMessageContaining("a label value is missing");
    }

    @Test
    void aSeriesFitsItsFamily() {
        var histogram = new MetricFamily("h", MetricType.HISTOGRAM, "seconds", "");

        assertThat(new Series(histogram, "_sum", Labels.EMPTY).name()).isEqualTo("h_sum");
        assertThatThrownBy(() -> new Series(histogram, "", Labels.EMPTY)).hasMessage("a histogram has no series 'h'");
        assertThatThrownBy(() -> new Series(MetricFamily.gauge("g", "", ""), "_count", Labels.EMPTY))
                .hasMessage("a gauge has no series 'g_count'");
        assertThatThrownBy(() -> MetricFamily.gauge("a-b", "", "")).hasMessageContaining("got 'a-b'");
    }
}
