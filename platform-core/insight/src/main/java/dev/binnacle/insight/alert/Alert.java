package dev.binnacle.insight.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An alert.
 *
 * @param fingerprint what Alertmanager calls it
 * @param severity as its rule says; empty without
 * @param runbook where to read what to do
 * @param node whom it is about, by its id in the topology
 */
public record Alert(
        String fingerprint,
        String name,
        String severity,
        State state,
        Instant since,
        String summary,
        String description,
        Optional<String> runbook,
        Map<String, String> labels,
        Optional<String> node) {
    private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

    /** Those that somebody should look at first come first. */
    public static final Comparator<Alert> WORST_FIRST = Comparator.comparing(Alert::state)
            .thenComparingInt(Alert::rank)
            .thenComparing(Alert::since)
            .thenComparing(Alert::fingerprint);

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Whether somebody is told. */
    public enum State {
        FIRING,
        INHIBITED,
        SILENCED
    }

    private int rank() {
        int rank = SEVERITIES.indexOf(severity);
        return rank < 0 ? SEVERITIES.size() : rank;
    }
}
