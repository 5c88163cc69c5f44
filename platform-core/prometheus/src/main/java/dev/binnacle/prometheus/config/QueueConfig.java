package dev.binnacle.prometheus.config;

import java.time.Duration;

/**
 * How samples are gathered for a receiver.
 *
 * @param capacity samples that wait, for each shard
 * @param sampleAgeLimit samples that are older are not sent; zero when all are
 */
public record QueueConfig(
        int capacity,
        int maxShards,
        int minShards,
        int maxSamplesPerSend,
        Duration batchSendDeadline,
        Duration minBackoff,
        Duration maxBackoff,
        Duration sampleAgeLimit) {
    /** What holds when the configuration does not say. */
    public static final QueueConfig DEFAULT = new QueueConfig(
            10_000, 50, 1, 2_000, Duration.ofSeconds(5), Duration.ofMillis(30), Duration.ofSeconds(5), Duration.ZERO);
}
