package dev.binnacle.plugin.exporter.alertmanager;

import java.time.Duration;

/**
 * When alerts are told, by the rules that Prometheus has for its own.
 *
 * @param resend how often one that goes on is told again
 * @param absent after how long one that nobody reports is over
 */
record Timing(Duration resend, Duration absent) {
    /** How long one that is over is told again and again. */
    static final Duration RETENTION = Duration.ofMinutes(15);

    /** Returns for how long an Alertmanager believes what it was told last. */
    Duration validity() {
        return resend.multipliedBy(4);
    }
}
