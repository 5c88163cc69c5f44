package dev.binnacle.insight.query;

import java.util.Map;

/**
 * One series of an answer, at one time.
 *
 * @param labels by name; one that is missing and one that is empty are the same, as Prometheus has it
 * @param value not a number where there is nothing to compute
 */
public record Row(Map<String, String> labels, double value) {
    public Row {
        labels = Map.copyOf(labels);
    }

    /** Returns a label's value, empty when it is missing. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
