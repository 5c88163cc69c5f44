package dev.binnacle.insight.series;

import static java.util.stream.Collectors.joining;

import dev.binnacle.prometheus.istio.IstioLabels;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.istio.Requests.Side;
import dev.binnacle.prometheus.promql.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Prometheus is asked for a chart: a few queries whatever the size of the mesh. A request that both sides report is one request, as
 * in the topology: the caller's count is taken, and the server's where no caller's proxy counts (facts F4).
 */
public final class Query {
    /** The name of the query, and of the line, for all of a subject. */
    public static final String ALL = "all";

    /** The name of the query that has a line for each workload. */
    public static final String BY_WORKLOAD = "by workload";

    private static final List<String> ENDS = List.of(
            IstioLabels.SOURCE_WORKLOAD,
            IstioLabels.SOURCE_NAMESPACE,
            IstioLabels.WORKLOAD,
            IstioLabels.WORKLOAD_NAMESPACE,
            IstioLabels.HOST);
    private static final List<String> OF_WORKLOAD = List.of(IstioLabels.WORKLOAD_NAMESPACE, IstioLabels.WORKLOAD);

    private enum Quantile {
        P50("0.5"),
        P95("0.95"),
        P99("0.99");

        private final String share;

        Quantile(String share) {
            this.share = share;
        }
    }

    private final Subject subject;
    private final String window;

    private Query(Subject subject, String window) {
        this.subject = subject;
        this.window = window;
    }

    /**
     * Returns the queries by their names.
     *
     * @param window over which each point counts, as Prometheus writes a duration
     */
    public static Map<String, String> of(Subject subject, Signal signal, String window) {
        var query = new Query(subject, window);
        return switch (signal) {
            case REQUESTS -> query.each(query::requests);
            case ERRORS -> query.each(query::errors);
            case LATENCY -> query.latency();
        };
    }

    private interface ByLabels {
        String promql(List<String> labels);
    }

    private Map<String, String> each(ByLabels signal) {
        var queries = new LinkedHashMap<String, String>();
        queries.put(ALL, signal.promql(List.of()));
        if (subject.versions()) {
            queries.put(BY_WORKLOAD, signal.promql(OF_WORKLOAD));
        }
        return queries;
    }

    private String requests(List<String> labels) {
        return sum(labels, counted(Requests.TOTAL, List.of()));
    }

    /** No failure is none, where there are requests; without requests there is no share. */
    private String errors(List<String> labels) {
        String all = sum(labels, counted(Requests.TOTAL, List.of()));
        return "(" + sum(labels, failed()) + "\nor\n0 * " + all + ")\n/\n(" + all + " > 0)";
    }

    private Map<String, String> latency() {
        var queries = new LinkedHashMap<String, String>();
        String buckets = sum(List.of(IstioLabels.BUCKET), counted(Requests.BUCKET, List.of(IstioLabels.BUCKET)));
        for (var quantile : Quantile.values()) {
            queries.put(
                    quantile.name().toLowerCase(Locale.ROOT),
                    "histogram_quantile(" + quantile.share + ", " + buckets + ")");
        }
        return queries;
    }

    /** By the two ends and the host: what callers count, and what servers alone do. */
    private String counted(String metric, List<String> more) {
        return rates(more, List.of(ofCallers(metric))) + "\nor\n" + rates(more, List.of(ofServers(metric)));
    }

    /** The failed ones of the side that is counted: a server's failures say nothing where callers count. */
    private String failed() {
        return rates(List.of(), Requests.failed(ofCallers(Requests.TOTAL), Side.CALLER)) + "\nor\n("
                + rates(List.of(), Requests.failed(ofServers(Requests.TOTAL), Side.SERVER)) + "\nunless\n"
                + rates(List.of(), List.of(ofCallers(Requests.TOTAL))) + ")";
    }

    private Selector ofCallers(String metric) {
        return subject.selection().apply(Selector.of(metric).isNot(IstioLabels.REPORTER, IstioLabels.SERVER_SIDE));
    }

    private Selector ofServers(String metric) {
        return subject.selection().apply(Selector.of(metric).is(IstioLabels.REPORTER, IstioLabels.SERVER_SIDE));
    }

    private String rates(List<String> more, List<Selector> alternatives) {
        return sum(
                Stream.concat(ENDS.stream(), more.stream()).toList(),
                alternatives.stream()
                        .map(series -> "rate(" + series + "[" + window + "])")
                        .collect(joining("\nor\n")));
    }

    private static String sum(List<String> labels, String expression) {
        return (labels.isEmpty() ? "sum" : "sum by (" + String.join(", ", labels) + ")") + " (" + expression + ")";
    }
}
