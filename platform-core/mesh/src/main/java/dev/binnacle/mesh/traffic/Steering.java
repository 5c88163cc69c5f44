package dev.binnacle.mesh.traffic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How somebody would have the requests to a service go. What is null is left as it is.
 *
 * @param rule to which weights and fault belong, by its index; null for the one that takes what no other rule takes
 * @param weights of all destinations of the rule, in percent
 * @param headers every rule with a single header as its condition that there is to be
 */
public record Steering(
        @Nullable Integer rule,
        @Nullable List<Weight> weights,
        @Nullable List<HeaderRule> headers,
        @Nullable WantedFault fault) {
    /** Changes nothing. */
    public static final Steering NOTHING = new Steering(null, null, null, null);

    /** A share for one subset; null means all pods of the service. */
    public record Weight(@Nullable String subset, int weight) {}

    /** Requests with this header go to a subset. */
    public record HeaderRule(
            @Nullable String name,
            @Nullable String value,
            @Nullable String match,
            @Nullable String subset) {}

    /**
     * Trouble to make. With neither delay nor abort, what there is goes away.
     *
     * @param header for requests with this header only, in a rule of its own
     */
    public record WantedFault(
            @Nullable Long delayMilliseconds,
            @Nullable Double delayPercent,
            @Nullable Integer abortStatus,
            @Nullable Double abortPercent,
            @Nullable FaultHeader header) {
        /** Tells whether there is none to make. */
        boolean isNone() {
            return delayMilliseconds == null && abortStatus == null;
        }
    }

    /** A header with its exact value. */
    public record FaultHeader(
            @Nullable String name, @Nullable String value) {}
}
