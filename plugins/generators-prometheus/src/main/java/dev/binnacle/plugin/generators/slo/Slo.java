package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.promql.Selector;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;

/**
 * A service level objective as its document says it, checked.
 *
 * @param name unique; letters, digits and dashes
 * @param title for people
 * @param host what the metrics call the service, {@code catalog.default.svc.cluster.local}
 * @param threshold the longest time of a good answer in milliseconds; zero where nothing is timed
 * @param objective the share of good events, below 1
 * @param scope more labels of the metrics and their values, such as {@code destination_version}
 * @param per a label that each value of has a budget of its own; empty for one budget
 * @param fewest so many bad events in the long window are needed before anybody is told
 * @param plannedFaults whether faults injected on purpose count
 * @param labels what the document's author wants on its alerts
 */
record Slo(
        String name,
        String title,
        String host,
        Indicator indicator,
        BigDecimal threshold,
        BigDecimal objective,
        Period period,
        SortedMap<String, String> scope,
        String per,
        int fewest,
        boolean plannedFaults,
        Map<String, String> labels) {
    /** Returns the share of bad events that the objective allows. */
    BigDecimal allowed() {
        return BigDecimal.ONE.subtract(objective);
    }

    /** Returns PromQL for what is recorded of this objective under a name. */
    String series(String recorded) {
        return recorded + "{slo=" + Selector.quoted(name) + "}";
    }

    /** Returns in words what happens when events are bad. */
    String trouble() {
        return indicator.trouble().formatted(host, threshold.toPlainString());
    }
}
