package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.ir.Metric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How many series there will be.
 *
 * @param series by metric; those without any are left out
 * @param unknown labels whose number of values nobody has said and nothing limits; they are counted as one
 */
public record Prediction(Map<Metric, Long> series, SortedSet<String> unknown) {
    public Prediction {
        var sorted = new EnumMap<Metric, Long>(Metric.class);
        series.forEach((metric, count) -> {
            if (count > 0) {
                sorted.put(metric, count);
            }
        });
        series = Collections.unmodifiableMap(sorted);
        unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
    }

    /** Returns how many series a metric has. */
    public long of(Metric metric) {
        return series.getOrDefault(metric, 0L);
    }

    /** Returns how many all of them have. */
    public long total() {
        return series.values().stream().mapToLong(Long::longValue).sum();
    }
}
