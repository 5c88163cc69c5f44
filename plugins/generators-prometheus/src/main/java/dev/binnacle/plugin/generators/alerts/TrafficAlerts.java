package dev.binnacle.plugin.generators.alerts;

import static dev.binnacle.plugin.generators.alerts.Alerts.critical;
import static dev.binnacle.plugin.generators.alerts.Alerts.warning;

import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.istio.Requests.Side;
import dev.binnacle.prometheus.promql.Selector;
import dev.binnacle.prometheus.rules.AlertRule;
import dev.binnacle.prometheus.rules.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What requests went through. A handful of events is needed: one failure in a quiet night is no trouble. */
final class TrafficAlerts {
    private static final String EDGE = "source_workload, source_workload_namespace, destination_service";
    private static final String WHO = "{{ $labels.source_workload }} → {{ $labels.destination_service }}";
    private static final Selector FELT = Selector.of(Requests.TOTAL).is("reporter", "source");
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    private TrafficAlerts() {}

    static List<RuleGroup> groups() {
        return List.of(
                new RuleGroup("mesh-failures", "Requests that failed, as those who sent them felt it.", failures()),
                new RuleGroup(
                        "mesh-traffic",
                        "Requests that cost more than they should, or go where they should not.",
                        traffic()),
                new RuleGroup("mesh-gateways", "What comes in and goes out.", gateways()));
    }

    private static List<AlertRule> failures() {
        return List.of(
                critical(
                        "RequestsFail",
                        A_WHILE,
                        share(EDGE, Requests.failed(FELT, Side.CALLER), "0.05"),
                        WHO + ": {{ $value | humanizePercentage }} of the requests fail",
                        "For five minutes. The flags say why: sum by (response_code, response_flags) of istio_requests_total."),
                warning(
                        "AnswersBreakOff",
                        AT_ONCE,
                        share(EDGE, flagged(FELT.is("response_code", "200"), "UPE", "UC", "UR"), "0.01"),
                        WHO + ": {{ $value | humanizePercentage }} of the answers break off",
                        "They say 200 and are incomplete; nobody who looks for 5xx sees them."),
                warning(
                        "RouteMissing",
                        AT_ONCE,
                        several(EDGE, flagged(FELT, "NR")),
                        "{{ $labels.source_workload }} has no route for {{ $value | humanize }} requests in five minutes",
                        "It answers 404 by itself (NR): a VirtualService, a Gateway or a host name does not fit."),
                critical(
                        "UpstreamUnreachable",
                        Duration.ofMinutes(2),
                        share(EDGE, flagged(FELT, "UF", "UH", "NC"), "0.05"),
                        WHO + ": nobody to connect to for {{ $value | humanizePercentage }} of the requests",
                        "No connection (UF), no healthy endpoint (UH) or no cluster (NC)."),
                warning(
                        "AnswersTooLate",
                        A_WHILE,
                        share(EDGE, flagged(FELT, "UT"), "0.05"),
                        WHO + ": {{ $value | humanizePercentage }} of the requests run into a timeout",
                        "The route's timeout, or that of a single try, is over before the answer is there (UT)."),
                warning(
                        "ClientsGiveUp",
                        A_WHILE,
                        share(EDGE, List.of(FELT.is("response_code", "0")), "0.05"),
                        WHO + ": for {{ $value | humanizePercentage }} of the requests the client did not wait",
                        "It hung up before an answer (code 0, DC): slow answers, or a timeout of the client's own."));
    }

    private static List<AlertRule> traffic() {
        return List.of(
                warning(
                        "BreakerOpen",
                        AT_ONCE,
                        several(EDGE, flagged(FELT, "UO")),
                        WHO + ": a circuit breaker refused {{ $value | humanize }} requests in five minutes",
                        "More connections or waiting requests than the DestinationRule's connectionPool allows (UO)."),
                warning(
                        "RetryStorm",
                        A_WHILE,
                        """
                        (
                          sum by (%1$s) (rate(istio_requests_total{reporter="destination"}[5m]))
                          /
                          sum by (%1$s) (rate(istio_requests_total{reporter="source"}[5m]))
                        ) > 1.5
                        and
                        sum by (%1$s) (increase(istio_requests_total{reporter="destination"}[5m])) >= 20
                        """.formatted(EDGE),
                        WHO + ": each request arrives {{ $value | humanize }} times",
                        "Retries hide failures and multiply the load on whoever is in trouble already."),
                warning(
                        "RequestsLimited",
                        A_WHILE,
                        share(EDGE, flagged(FELT, "RL"), "0.1"),
                        WHO + ": {{ $value | humanizePercentage }} of the requests exceed a rate limit",
                        "They are answered with 429."),
                warning(
                        "AnswersSlow",
                        Duration.ofMinutes(10),
                        """
                        histogram_quantile(0.99, sum by (destination_service, le) (
                          rate(istio_request_duration_milliseconds_bucket{reporter="destination"}[5m])
                        )) > 2500
                        and on (destination_service)
                        sum by (destination_service) (increase(istio_requests_total{reporter="destination"}[5m])) >= 20
                        """,
                        "{{ $labels.destination_service }}: one answer in a hundred takes more than {{ $value | humanize }} ms",
                        "As the servers measured it, without what callers add."),
                warning(
                        "PlaintextTraffic",
                        Duration.ofMinutes(10),
                        several(
                                "source_workload, destination_workload, destination_workload_namespace",
                                List.of(Selector.of(Requests.TOTAL)
                                        .is("reporter", "destination")
                                        .is("connection_security_policy", "none"))),
                        "{{ $labels.destination_workload }} gets plaintext from {{ $labels.source_workload }}",
                        "Nobody knows who that is: a client without a sidecar, or a DestinationRule that switches mutual TLS off."),
                warning(
                        "TrafficToUnknownHosts",
                        A_WHILE,
                        several(
                                "source_workload, source_workload_namespace, destination_service_name",
                                List.of(FELT.matches(
                                        "destination_service_name", "BlackHoleCluster|PassthroughCluster"))),
                        "{{ $labels.source_workload }} calls hosts that no ServiceEntry names ({{ $labels.destination_service_name }})",
                        "Passed through without a rule, or refused, as the mesh's outboundTrafficPolicy says."));
    }

    private static List<AlertRule> gateways() {
        var felt = FELT.matches("source_workload", ".*gateway.*");
        return List.of(
                critical(
                        "GatewayRequestsFail",
                        A_WHILE,
                        share("source_workload, source_workload_namespace", Requests.failed(felt, Side.CALLER), "0.05"),
                        "{{ $value | humanizePercentage }} of all requests through {{ $labels.source_workload }} fail",
                        "What comes from outside, or goes there, is in trouble as a whole, and not one service."),
                critical(
                        "GatewayNotLive",
                        Duration.ofMinutes(1),
                        "binnacle_envoy_live{workload=~\".*gateway.*\"} == 0",
                        "The gateway {{ $labels.namespace }}/{{ $labels.pod }} takes no requests",
                        "Its Envoy starts or drains."));
    }

    /** Bad ones are more than this share, and at least five in five minutes. */
    private static String share(String by, List<Selector> bad, String share) {
        var all = bad.getFirst().matchers().stream()
                        .anyMatch(matcher -> matcher.label().startsWith("source_workload"))
                ? FELT.matches("source_workload", ".*gateway.*")
                : FELT;
        return "(\n  sum by (" + by + ") (" + any("rate", bad) + ")\n  /\n  sum by (" + by + ") (rate(" + all
                + "[5m]))\n) > " + share + "\nand\n" + several(by, bad);
    }

    private static String several(String by, List<Selector> events) {
        return "sum by (" + by + ") (" + any("increase", events) + ") >= 5";
    }

    private static String any(String function, List<Selector> alternatives) {
        return alternatives.stream()
                .map(alternative -> function + "(" + alternative + "[5m])")
                .collect(Collectors.joining(" or "));
    }

    private static List<Selector> flagged(Selector requests, String... flags) {
        return List.of(requests.matches("response_flags", Requests.flags(List.of(flags))));
    }
}
