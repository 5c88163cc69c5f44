package dev.binnacle.insight.slo;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How an objective stands. What is not known is empty.
 *
 * @param labels which part of the service it is about, where each part has a budget of its own
 * @param host what metrics call the service; empty when nothing is recorded
 * @param objective the share of good events that is wanted, 0 to 1
 * @param period over which
 * @param reason the numbers behind the state, for a person
 * @param remaining the part of the budget that is left, 0 to 1
 * @param burnRate1h how many times faster than it may it has burnt for an hour
 * @param burnRate6h the same for six hours
 * @param exhaustedIn when nothing is left at the pace of the last hour
 * @param written where it is written down
 */
public record Slo(
        String name,
        Map<String, String> labels,
        String host,
        OptionalDouble objective,
        Optional<Duration> period,
        State state,
        String reason,
        OptionalDouble remaining,
        OptionalDouble burnRate1h,
        OptionalDouble burnRate6h,
        Optional<Duration> exhaustedIn,
        Optional<Objective> written) {
    public Slo {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** From bad to good. */
    public enum State {
        /** Nothing of the budget is left. */
        EXHAUSTED,
        /** It burns so fast that somebody is told. */
        BURNING,
        /** Nothing is recorded that would tell. */
        UNKNOWN,
        /** Nothing happened that could be good or bad. */
        NO_TRAFFIC,
        OK
    }
}
