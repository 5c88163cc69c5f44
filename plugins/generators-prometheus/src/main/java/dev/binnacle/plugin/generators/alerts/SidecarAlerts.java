package dev.binnacle.plugin.generators.alerts;

import static dev.binnacle.plugin.generators.alerts.Alerts.critical;
import static dev.binnacle.plugin.generators.alerts.Alerts.warning;

import dev.binnacle.prometheus.rules.AlertRule;
import dev.binnacle.prometheus.rules.RuleGroup;
import java.time.Duration;
import java.util.List;

/** What {@code collector-envoy} sees in each Envoy, and whether Prometheus sees all of them. */
final class SidecarAlerts {
    private static final String POD = "{{ $labels.namespace }}/{{ $labels.pod }}";
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(5);

    private SidecarAlerts() {}

    static List<RuleGroup> groups() {
        return List.of(
                new RuleGroup("mesh-sidecars", "Envoys that do not do what they should.", sidecars()),
                new RuleGroup("mesh-scrapes", "What Prometheus does not see.", scrapes()));
    }

    private static List<AlertRule> sidecars() {
        return List.of(
                warning(
                        "SidecarUnreachable",
                        SHORT,
                        "binnacle_envoy_up == 0",
                        "The Envoy of " + POD + " does not answer",
                        "Its admin pages cannot be read: it hangs, or is gone while its pod is still listed."),
                warning(
                        "SidecarNotLive",
                        LONG,
                        "binnacle_envoy_live{workload!~\".*gateway.*\"} == 0",
                        "The Envoy of " + POD + " has been starting or draining for five minutes",
                        "The pod gets no requests."),
                warning(
                        "SidecarWithoutControlPlane",
                        SHORT,
                        "binnacle_envoy_control_plane_connected == 0",
                        POD + " has no connection to the control plane",
                        "It goes on with what it has, and hears of no change: endpoints that come and go, and new rules."),
                critical(
                        "ConfigurationRejected",
                        Duration.ofMinutes(1),
                        "binnacle_envoy_config_rejected == 1",
                        POD + " refuses its {{ $labels.type }}",
                        "It keeps the ones before; other pods may have taken the new ones."),
                warning(
                        "HostsEjected",
                        LONG,
                        "binnacle_envoy_cluster_ejected_endpoints > 0",
                        POD + " leaves out {{ $value }} endpoints of {{ $labels.cluster }}",
                        "They failed too often (outlierDetection). The others carry their share."),
                critical(
                        "NoHealthyEndpoints",
                        Duration.ofMinutes(1),
                        """
                        binnacle_envoy_cluster_endpoints{health="unhealthy"} > 0
                        unless ignoring (health)
                        (binnacle_envoy_cluster_endpoints{health="healthy"} > 0)
                        """,
                        POD + " has no healthy endpoint of {{ $labels.cluster }}",
                        "Each request there fails (UH)."),
                warning(
                        "SidecarRestarts",
                        Duration.ZERO,
                        "resets(binnacle_envoy_uptime_seconds[1h]) >= 3",
                        "The Envoy of " + POD + " began anew {{ $value }} times in an hour",
                        "Each time the connections through it broke."));
    }

    private static List<AlertRule> scrapes() {
        return List.of(
                warning(
                        "TargetDown",
                        SHORT,
                        "up == 0",
                        "Prometheus cannot scrape {{ $labels.job }} at {{ $labels.instance }}",
                        "What it measures is missing from everything that is computed."),
                warning(
                        "HalfEmptyMetrics",
                        Duration.ZERO,
                        "increase(istio_agent_scrape_failures_total[5m]) > 0",
                        "The {{ $labels.type }} half of the metrics of {{ $labels.instance }} is missing",
                        "The merged page answers all the same, so that the target is up."),
                warning(
                        "PodNotScraped",
                        LONG,
                        "binnacle_envoy_up unless on (namespace, pod) up",
                        POD + " is in the mesh, and Prometheus has no target for it",
                        "Its requests are counted by nobody on its side."));
    }
}
