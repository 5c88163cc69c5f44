package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.Optional;

/** How the next endpoint is chosen. */
public sealed interface Balancing {
    /** Istio's choice where nothing is said. */
    Balancing DEFAULT = new LeastRequest(Optional.empty());

    /** The less busy of two taken at random. */
    record LeastRequest(Optional<Warmup> warmup) implements Balancing {}

    /** One after the other. */
    record RoundRobin(Optional<Warmup> warmup) implements Balancing {}

    /** Any. */
    record Random() implements Balancing {}

    /** The one that the network would have chosen. */
    record PassThrough() implements Balancing {}

    /**
     * Always the same for requests with the same hash.
     *
     * @param minimumSize how many entries the ring has at least; empty for Envoy's default, 1024
     */
    record RingHash(Optional<Integer> minimumSize) implements Balancing {}

    /** Always the same for requests with the same hash, looked up in a table of {@code tableSize} entries, a prime. */
    record Maglev(int tableSize) implements Balancing {}

    /**
     * How the share of a new endpoint grows.
     *
     * @param window until it has its full share
     * @param aggression 1 for a share that grows with time; above 1 it grows faster in the beginning
     * @param minimumPercent of its full share that it gets at once
     */
    record Warmup(Duration window, double aggression, double minimumPercent) {
        /** Envoy's default for {@link #aggression}. */
        public static final double LINEAR = 1;

        /** Envoy's default for {@link #minimumPercent}. */
        public static final double MINIMUM_PERCENT = 10;
    }

    /** Tells whether the choice depends on a hash of the request. */
    default boolean isConsistent() {
        return this instanceof RingHash || this instanceof Maglev;
    }
}
