package dev.binnacle.kubernetes;

import dev.binnacle.kubernetes.cluster.ClusterOptions;
import dev.binnacle.kubernetes.lease.LeaseTimes;
import java.time.Duration;

/**
 * How the platform behaves in a cluster.
 *
 * @param identity this replica's name, another one for every process
 * @param lease the name of the Lease of the leader
 * @param resync how often the leader looks whether what it has written is still so
 */
public record InClusterOptions(
        ClusterOptions watching, String identity, String lease, LeaseTimes times, Duration resync) {}
