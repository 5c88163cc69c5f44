package dev.binnacle.kubernetes.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * What a Lease says.
 *
 * @param holder who leads; empty when nobody does
 * @param duration for how long after the last renewal
 * @param transitions how often the holder has changed
 * @param version the API server's, which changes with every write; empty for one that is not written yet
 */
public record LeaseRecord(
        String holder, Duration duration, Instant acquired, Instant renewed, int transitions, String version) {}
