package dev.binnacle.insight.health;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What is known of a workload, to judge it by.
 *
 * @param window over which was counted
 * @param requests that came, per second
 * @param failed of them, as whoever sent them felt it, per second
 * @param connections over TCP that came, per second
 * @param sent requests that it sent itself, per second
 * @param readyPods how many of its pods take requests; empty where nobody knows
 * @param telemetry whether its own proxies are scraped
 */
public record Evidence(
        Duration window,
        double requests,
        double failed,
        double connections,
        double sent,
        OptionalInt readyPods,
        Telemetry telemetry) {
    /** Whether what a workload's own proxies count arrives. */
    public enum Telemetry {
        /** All of its targets answer. */
        COMPLETE,
        /** Some of its targets do not answer. */
        PARTIAL,
        /** None of its targets answers. */
        DOWN,
        /** Prometheus has no target of it. */
        NONE,
        /** It is not known which targets there are, or it is not the mesh's business. */
        NOT_ASKED
    }
}
