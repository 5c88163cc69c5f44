package dev.binnacle.app.kubernetes;

import dev.binnacle.app.config.KubernetesConfig;
import dev.binnacle.kubernetes.InClusterOptions;
import dev.binnacle.kubernetes.cluster.ClusterOptions;
import dev.binnacle.kubernetes.lease.LeaseTimes;
import java.util.UUID;

/** Turns what is configured into the options of the platform in a cluster. */
final class ClusterSettings {
    private ClusterSettings() {}

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException when the times of the lease do not fit together
     */
    static InClusterOptions of(KubernetesConfig config, String namespace) {
        var leader = config.leader();
        var times = new LeaseTimes(leader.duration(), leader.deadline(), leader.retry());
        if (times.deadline().plus(config.timeout()).compareTo(times.duration()) > 0) {
            throw new IllegalArgumentException(
                    "binnacle.kubernetes.leader.deadline (" + times.deadline()
                            + ") and binnacle.kubernetes.timeout (" + config.timeout() + ") are longer together than"
                            + " binnacle.kubernetes.leader.duration (" + times.duration()
                            + "): what the old leader has begun to write may end after the new one begins. Shorten one of them");
        }
        return new InClusterOptions(
                new ClusterOptions(
                        namespace, config.istioNamespace(), config.timeout(), config.pageSize(), config.quiet()),
                config.identity() + "_" + UUID.randomUUID(),
                leader.lease(),
                times,
                config.generated().resync());
    }
}
