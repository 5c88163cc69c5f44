package dev.binnacle.plugin.generators.alerts;

import static dev.binnacle.plugin.generators.alerts.Alerts.critical;
import static dev.binnacle.plugin.generators.alerts.Alerts.warning;

import dev.binnacle.prometheus.rules.RuleGroup;
import java.time.Duration;
import java.util.List;

/** What configures the proxies: istiod, or the platform, whose metrics have the same names. */
final class ControlPlaneAlerts {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(5);

    private ControlPlaneAlerts() {}

    static RuleGroup group() {
        return new RuleGroup(
                "mesh-control-plane",
                "Configuration on its way to the proxies.",
                List.of(
                        critical(
                                "ControlPlaneGone",
                                SHORT,
                                "absent(pilot_info)",
                                "Nobody configures the proxies",
                                "They go on with what they have; pods that come or go are not heard of."),
                        warning(
                                "ControlPlaneWithoutProxies",
                                LONG,
                                "sum(pilot_xds) == 0",
                                "No proxy is connected to the control plane",
                                "It runs, and nobody listens to it."),
                        warning(
                                "PushesRejected",
                                Duration.ZERO,
                                "increase(pilot_total_xds_rejects[5m]) > 0",
                                "Proxies refused {{ $value | humanize }} updates in five minutes",
                                "What was changed last is in force in some places only, or in none."),
                        warning(
                                "PushesSlow",
                                LONG,
                                "histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket[5m]))) > 10",
                                "A change takes {{ $value | humanize }} s until the last proxies have it",
                                "Requests go to pods that are gone, and canaries get other shares than they were given."),
                        warning(
                                "ConfigurationStale",
                                Duration.ZERO,
                                "max by (namespace, pod) (istiod_proxy_unacknowledged_seconds) > 60",
                                "{{ $labels.namespace }}/{{ $labels.pod }} has not answered an update for"
                                        + " {{ $value | humanizeDuration }}",
                                "Nobody knows which rules it follows.")));
    }
}
