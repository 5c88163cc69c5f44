package dev.binnacle.plugin.generators.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The mesh's recording rules: rates of Istio's standard metrics, summed per pair of workloads and per service.
 *
 * <p>Rate first and sum after (facts F5): a sum of counters falls when one pod restarts, and a rate of it would show traffic
 * that never was. {@code reporter} stays a label, because the same request is counted on both sides (facts F4).
 */
record MeshRecordingRules(List<RuleGroup> groups) {
    private static final String EDGE = "reporter, source_workload, source_workload_namespace, destination_workload,"
            + " destination_workload_namespace, destination_version, destination_service";
    private static final String VERSION =
            "reporter, destination_workload, destination_workload_namespace, destination_version";
    private static final String SERVICE = "reporter, destination_service";
    private static final List<Integer> QUANTILES = List.of(50, 95, 99);

    MeshRecordingRules {
        groups = List.copyOf(groups);
    }

    static MeshRecordingRules of(Duration window) {
        String w = PromDuration.format(window);
        return new MeshRecordingRules(List.of(workloads(w), services(w)));
    }

    private static RuleGroup workloads(String w) {
        var rules = new ArrayList<RecordingRule>();
        rules.add(rate(
                w,
                "istio_requests",
                "istio_requests_total",
                EDGE + ", request_protocol, response_code, response_flags, grpc_response_status"));
        rules.add(rate(
                w,
                "istio_request_duration_milliseconds_bucket",
                "istio_request_duration_milliseconds_bucket",
                EDGE + ", le"));
        for (String direction : List.of("sent", "received")) {
            rules.add(rate(w, "istio_tcp_" + direction + "_bytes", "istio_tcp_" + direction + "_bytes_total", EDGE));
        }
        for (String event : List.of("opened", "closed")) {
            rules.add(rate(w, "istio_tcp_connections_" + event, "istio_tcp_connections_" + event + "_total", EDGE));
        }
        rules.add(successRatio("workload", VERSION, w));
        rules.addAll(quantiles("workload", VERSION, w));
        return new RuleGroup(
                "mesh-workloads",
                "From workload to workload. Rate first, sum after: a restarted pod makes no spike.",
                rules);
    }

    private static RuleGroup services(String w) {
        var rules = new ArrayList<RecordingRule>();
        rules.add(new RecordingRule(
                "service:istio_requests:rate" + w,
                "sum by (" + SERVICE + ", response_code, grpc_response_status) (workload:istio_requests:rate" + w
                        + ")"));
        rules.add(successRatio("service", SERVICE, w));
        rules.addAll(quantiles("service", SERVICE, w));
        return new RuleGroup("mesh-services", """
                Per service. Ask with reporter="destination" how the servers did, with reporter="source" what the callers saw.
                """, rules);
    }

    private static RecordingRule rate(String w, String name, String metric, String labels) {
        return new RecordingRule(
                "workload:" + name + ":rate" + w, "sum by (" + labels + ") (\n  rate(" + metric + "[" + w + "])\n)");
    }

    /**
     * The share of requests that did not fail. No traffic gives no value at all, and a series of failures that does not
     * exist yet counts as none (facts F4).
     *
     * <p>Failed are 5xx and the gRPC statuses for which the server is to blame; gRPC answers 200 even then (facts F1). Code 0
     * means that the client went away, which is neither success nor failure.
     */
    private static RecordingRule successRatio(String level, String labels, String w) {
        String rate = "workload:istio_requests:rate" + w;
        return new RecordingRule(level + ":istio_requests:success_ratio_rate" + w, """
                1 - (
                  sum by (%1$s) (
                    %2$s{response_code=~"5.."}
                    or
                    %2$s{grpc_response_status=~"2|4|12|13|14|15"}
                  )
                  or
                  0 * sum by (%1$s) (%2$s{response_code!="0"})
                ) / (
                  sum by (%1$s) (%2$s{response_code!="0"}) > 0
                )
                """.formatted(labels, rate));
    }

    /** Latency by quantile, of the sum of the buckets. Without traffic it would be NaN, which {@code >= 0} leaves out. */
    private static List<RecordingRule> quantiles(String level, String labels, String w) {
        return QUANTILES.stream()
                .map(percent -> new RecordingRule(
                        level + ":istio_request_duration_milliseconds:p" + percent + "_rate" + w,
                        """
                        histogram_quantile(0.%d, sum by (%s, le) (
                          workload:istio_request_duration_milliseconds_bucket:rate%s
                        )) >= 0
                        """.formatted(percent, labels, w)))
                .toList();
    }
}
