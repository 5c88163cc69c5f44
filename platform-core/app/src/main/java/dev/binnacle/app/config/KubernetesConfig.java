package dev.binnacle.app.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the application works in a cluster, where {@code binnacle.mode} is {@code kubernetes}. */
@ConfigMapping(prefix = "binnacle.kubernetes")
public interface KubernetesConfig {
    /** A kubeconfig file, whose current context is used; {@code in-cluster} is the pod's service account. */
    @WithDefault("in-cluster")
    String kubeconfig();

    /** The application's own namespace, in which it writes; that of the service account or of the context unless set. */
    Optional<String> namespace();

    /** Where Istio's mesh configuration is. */
    @WithDefault("istio-system")
    String istioNamespace();

    /** This replica's name in the election of a leader; the name of the pod unless set. */
    @WithDefault("${HOSTNAME:binnacle}")
    String identity();

    /** How long the API server may take for an answer. */
    @WithDefault("5s")
    Duration timeout();

    /** How many objects one answer to a list may have. */
    @WithDefault("500")
    int pageSize();

    /** How long nothing must have changed before changes are looked at; they wait five times as long at most. */
    @WithDefault("500ms")
    Duration quiet();

    /** The election of the replica that writes. */
    LeaderConfig leader();

    /** What is written. */
    GeneratedConfig generated();

    /** The election of a leader. */
    interface LeaderConfig {
        /** The name of the Lease. */
        @WithDefault("binnacle-leader")
        String lease();

        /** How long the others wait for a leader of which they hear nothing. */
        @WithDefault("15s")
        Duration duration();

        /** How long a leader leads that cannot renew its lease; with {@code timeout} less than {@code duration}. */
        @WithDefault("9s")
        Duration deadline();

        /** The pause between two looks at the lease. */
        @WithDefault("2s")
        Duration retry();
    }

    /** Generated objects. */
    interface GeneratedConfig {
        /** Whether generated rules and dashboards are written into the cluster. */
        @WithDefault("true")
        boolean enabled();

        /** Labels of every generated object, such as those by which a Prometheus selects its rules. */
        Map<String, String> labels();

        /** How often the leader looks whether the objects are still as it has written them. */
        @WithDefault("1m")
        Duration resync();
    }
}
