package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.promql.Selector;
import dev.binnacle.prometheus.rules.RecordingRule;
import dev.binnacle.prometheus.rules.RuleGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The mesh's recording rules: rates of Istio's standard metrics, summed per pair of workloads and per service.
 *
 * <p>Rate first and sum after (facts F5): a sum of counters falls when one pod restarts, and a rate of it would show traffic
 * that never was. {@code reporter} stays a label, because the same request is counted on both sides (facts F4).
 *
 * @param w the rates' window, as it stands in names and queries
 * @param keep labels that stay beside the usual ones, such as {@code cluster} where several write to one Mimir or Thanos
 */
record MeshRecordingRules(String w, List<String> keep) {
    private static final List<String> EDGE = List.of(
            "reporter",
            "source_workload",
            "source_workload_namespace",
            "destination_workload",
            "destination_workload_namespace",
            "destination_version",
            "destination_service");
    private static final List<String> VERSION =
            List.of("reporter", "destination_workload", "destination_workload_namespace", "destination_version");
    private static final List<String> SERVICE = List.of("reporter", "destination_service");
    private static final List<String> TCP = List.of(
            "istio_tcp_sent_bytes",
            "istio_tcp_received_bytes",
            "istio_tcp_connections_opened",
            "istio_tcp_connections_closed");
    private static final String DURATION = "istio_request_duration_milliseconds";
    private static final List<Integer> QUANTILES = List.of(50, 95, 99);

    MeshRecordingRules {
        keep = List.copyOf(keep);
    }

    static MeshRecordingRules of(Duration window, List<String> keep) {
        return new MeshRecordingRules(Durations.text(window), keep);
    }

    List<RuleGroup> groups() {
        return List.of(workloads(), services());
    }

    private RuleGroup workloads() {
        var rules = new ArrayList<RecordingRule>();
        rules.add(rate(
                "istio_requests",
                Requests.TOTAL,
                "request_protocol",
                "response_code",
                "response_flags",
                "grpc_response_status"));
        rules.add(new RecordingRule(
                recorded("workload", "istio_requests_failed"),
                "sum by (" + labels(EDGE) + ") (\n  "
                        + Requests.any(
                                Requests.failed(
                                        Selector.of(recorded("workload", "istio_requests")), Requests.Side.BOTH),
                                each -> each)
                        + "\n)"));
        rules.add(rate(DURATION + "_bucket", DURATION + "_bucket", "le"));
        for (String metric : List.of(DURATION, "istio_request_bytes", "istio_response_bytes")) {
            rules.add(rate(metric + "_sum", metric + "_sum"));
            rules.add(rate(metric + "_count", metric + "_count"));
        }
        TCP.forEach(name -> rules.add(rate(name, name + "_total")));
        rules.add(successRatio("workload", VERSION));
        rules.addAll(quantiles("workload", VERSION));
        return new RuleGroup(
                "mesh-workloads",
                "From workload to workload. Rate first, sum after: a restarted pod makes no spike.",
                rules);
    }

    private RuleGroup services() {
        var rules = new ArrayList<RecordingRule>();
        rules.add(sum("istio_requests", "response_code", "grpc_response_status"));
        rules.add(sum("istio_requests_failed"));
        rules.add(sum(DURATION + "_bucket", "le"));
        TCP.forEach(name -> rules.add(sum(name)));
        rules.add(successRatio("service", SERVICE));
        rules.addAll(quantiles("service", SERVICE));
        return new RuleGroup("mesh-services", """
                Per service. Ask with reporter="destination" how the servers did, with reporter="source" what the callers saw.
                """, rules);
    }

    private RecordingRule rate(String name, String metric, String... more) {
        return new RecordingRule(
                recorded("workload", name),
                "sum by (" + labels(EDGE, more) + ") (\n  rate(" + metric + "[" + w + "])\n)");
    }

    /** The same rate per service, from the one per workload. */
    private RecordingRule sum(String name, String... more) {
        return new RecordingRule(
                recorded("service", name),
                "sum by (" + labels(SERVICE, more) + ") (" + recorded("workload", name) + ")");
    }

    /**
     * The share of requests that did not fail. No traffic gives no value at all, and a series of failures that does not
     * exist yet counts as none (facts F4).
     */
    private RecordingRule successRatio(String level, List<String> by) {
        String judged = "sum by (" + labels(by) + ") (\n  "
                + Requests.any(
                        Requests.judged(Selector.of(recorded("workload", "istio_requests")), Requests.Side.BOTH),
                        each -> each)
                + "\n)";
        return new RecordingRule(level + ":istio_requests:success_ratio_rate" + w, """
                1 - (
                  sum by (%1$s) (%2$s)
                  or
                  0 * %3$s
                ) / (
                  %3$s > 0
                )
                """.formatted(
                        labels(by), recorded("workload", "istio_requests_failed"), judged.replace("\n", "\n  ")));
    }

    /** Latency by quantile, of the sum of the buckets. Without traffic it would be NaN, which {@code >= 0} leaves out. */
    private List<RecordingRule> quantiles(String level, List<String> by) {
        return QUANTILES.stream()
                .map(percent -> new RecordingRule(level + ":" + DURATION + ":p" + percent + "_rate" + w, """
                        histogram_quantile(0.%d, sum by (%s) (
                          %s
                        )) >= 0
                        """.formatted(
                                percent, labels(by, "le"), recorded("workload", DURATION + "_bucket"))))
                .toList();
    }

    private String recorded(String level, String name) {
        return level + ":" + name + ":rate" + w;
    }

    private String labels(List<String> by, String... more) {
        return String.join(
                ", ", Stream.of(keep, by, List.of(more)).flatMap(List::stream).toList());
    }
}
