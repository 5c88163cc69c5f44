package dev.binnacle.insight.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.insight.query.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void aQuantileIsInterpolatedWithinItsBucket() {
        var histogram = of("1", 10, "5", 30, "10", 40, "+Inf", 40);

        assertThat(histogram.quantile(0.5)).hasValue(3);
        assertThat(histogram.quantile(0.25)).hasValue(1);
        assertThat(histogram.quantile(0.1)).hasValue(0.4);
    }

    @Test
    void beyondTheLastBoundTheBoundIsAllThatIsSure() {
        assertThat(of("1", 1, "5", 2, "+Inf", 10).quantile(0.99)).hasValue(5);
    }

    @Test
    void withoutRequestsOrWithoutTheBucketOfAllThereIsNone() {
        assertThat(of("1", 0, "+Inf", 0).quantile(0.5)).isEmpty();
        assertThat(of("1", 10, "5", 30).quantile(0.5)).isEmpty();
        assertThat(of("+Inf", 30).quantile(0.5)).isEmpty();
        assertThat(new Histogram().quantile(0.5)).isEmpty();
    }

    @Test
    void bucketsThatDoNotRiseAreTakenForLevel() {
        assertThat(of("1", 10, "5", 8, "10", 20, "+Inf", 20).quantile(0.9)).hasValue(9);
    }

    @Test
    void whatIsNoBoundIsNoBucket() {
        assertThat(of("many", 10, "", 10).quantile(0.5)).isEmpty();
    }

    private static Histogram of(Object... boundsAndCounts) {
        var histogram = new Histogram();
        for (int i = 0; i < boundsAndCounts.length; i += 2) {
            histogram.add(new Row(
                    Map.of("le", (String) boundsAndCounts[i]), ((Number) boundsAndCounts[i + 1]).doubleValue()));
        }
        return histogram;
    }
}
