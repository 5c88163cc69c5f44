package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a Prometheus would answer, row by row. */
final class Rows {
    private final Map<Question, List<Row>> rows = new EnumMap<>(Question.class);

    /** A row of requests from one workload to another over the service of the same name without its version. */
    Rows request(String reporter, String source, String target, double rate, String... labels) {
        return add(Question.REQUESTS, rate, ends(reporter, source, target), labels);
    }

    Rows latency(Question quantile, String source, String target, double millis) {
        return add(quantile, millis, ends("source", source, target));
    }

    /** Requests for one workload of a service that took up to a bound. */
    Rows bucket(String service, String workload, String bound, double rate) {
        return add(
                Question.BUCKETS,
                rate,
                Map.of(
                        "destination_service",
                        service + ".default.svc.cluster.local",
                        "destination_workload",
                        workload,
                        "destination_workload_namespace",
                        "default",
                        "le",
                        bound));
    }

    Rows tcp(Question.TcpMetric metric, String reporter, String source, String target, double rate, String... labels) {
        var all = ends(reporter, source, target);
        all.put("metric", metric.name());
        return add(Question.TCP, rate, all, labels);
    }

    Rows targets(String app, String version, double all, double up) {
        var labels = Map.of("namespace", "default", "app", app, "version", version);
        add(Question.TARGETS, all, labels, "metric", "all");
        return add(Question.TARGETS, up, labels, "metric", "up");
    }

    Map<Question, Answer> answers() {
        var answers = new EnumMap<Question, Answer>(Question.class);
        for (var question : Question.values()) {
            answers.put(question, new Answer.Rows(rows.getOrDefault(question, List.of()), List.of()));
        }
        return answers;
    }

    private static Map<String, String> ends(String reporter, String source, String target) {
        String service = target.replaceAll("-v\\d+$", "");
        var labels = new HashMap<>(Map.of(
                "reporter",
                reporter,
                "source_workload",
                source,
                "source_workload_namespace",
                source.equals("unknown") ? "unknown" : "default",
                "destination_workload",
                target,
                "destination_workload_namespace",
                target.equals("unknown") ? "unknown" : "default",
                "destination_service",
                service + ".default.svc.cluster.local",
                "destination_service_name",
                service,
                "destination_service_namespace",
                "default",
                "request_protocol",
                "http"));
        labels.putAll(Map.of("response_code", "200", "response_flags", "-", "connection_security_policy", "unknown"));
        return labels;
    }

    private Rows add(Question question, double value, Map<String, String> labels, String... more) {
        var all = new HashMap<>(labels);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        rows.computeIfAbsent(question, q -> new ArrayList<>()).add(new Row(all, value));
        return this;
    }
}
