package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Topology.Reporter;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the two sides counted. What both report is counted once: the caller's count is taken, and the server's where no caller's proxy
 * counts (facts F4).
 *
 * @param <K> of what
 */
final class Sides<K> {
    private final Map<K, Tally> atCallers = new HashMap<>();
    private final Map<K, Tally> atServers = new HashMap<>();

    static boolean byServer(Row row) {
        return row.label(IstioLabels.REPORTER).equals(IstioLabels.SERVER_SIDE);
    }

    /** Returns where a row is to be added. */
    Tally of(K key, Row row) {
        return (byServer(row) ? atServers : atCallers).computeIfAbsent(key, k -> new Tally());
    }

    Set<K> keys() {
        var keys = new TreeSet<>(atCallers.keySet());
        keys.addAll(atServers.keySet());
        return keys;
    }

    /** Returns whose count holds. */
    Reporter reporter(K key) {
        return atCallers.containsKey(key) ? Reporter.SOURCE : Reporter.DESTINATION;
    }

    /** Returns the count that holds. */
    Tally that(K key) {
        return Objects.requireNonNull(
                atCallers.getOrDefault(key, atServers.get(key)), "one of the sides counts everything");
    }

    Optional<Tally> atServers(K key) {
        return Optional.ofNullable(atServers.get(key));
    }
}
