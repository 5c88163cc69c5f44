package dev.binnacle.prometheus.rules;

import dev.binnacle.prometheus.config.Durations;
import java.time.Duration;

/** What is recorded of service level objectives. Each series says by its label {@link #SLO} of which. */
public final class SloSeries {
    /** The label with an objective's name. */
    public static final String SLO = "slo";

    /** Events per second. */
    public static final String TOTAL = "slo:events:rate5m";

    /** The bad ones among them. */
    public static final String BAD = "slo:bad_events:rate5m";

    /** The share of good events that is wanted, 0 to 1. */
    public static final String OBJECTIVE = "slo:objective:ratio";

    /** Over how long, in seconds. */
    public static final String PERIOD = "slo:period:seconds";

    /** The part of the budget that is left: 1 when nothing was bad, below 0 when it is overdrawn. */
    public static final String REMAINING = "slo:error_budget_remaining:ratio";

    /** How many times faster than it may the budget has burnt for an hour. */
    public static final String BURN_RATE = "slo:burn_rate:rate1h";

    /** When nothing of it is left at that pace, in seconds. */
    public static final String EXHAUSTED = "slo:error_budget_exhausted_in:seconds";

    private SloSeries() {}

    /** Returns the share of bad events in a window. */
    public static String ratio(Duration window) {
        return "slo:error_ratio:rate" + Durations.text(window);
    }
}
