package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Topology.Protocol;
import java.util.Comparator;

/** Which edge something is about. */
record EdgeKey(Place source, Place target, Protocol protocol) implements Comparable<EdgeKey> {
    private static final Comparator<EdgeKey> ORDER = Comparator.comparing(
                    (EdgeKey key) -> key.source().id())
            .thenComparing(key -> key.target().id())
            .thenComparing(EdgeKey::protocol);

    static EdgeKey of(Places places, Row row, Protocol protocol) {
        return new EdgeKey(places.source(row), places.target(row), protocol);
    }

    @Override
    public int compareTo(EdgeKey other) {
        return ORDER.compare(this, other);
    }
}
