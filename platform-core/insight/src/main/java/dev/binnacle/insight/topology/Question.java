package dev.binnacle.insight.topology;

import static java.util.stream.Collectors.joining;

import dev.binnacle.prometheus.istio.IstioLabels;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.promql.Selector;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Prometheus is asked for a topology: as many questions whatever the size of the mesh, each about all of it.
 *
 * <p>Rate first, sum after (facts F5); what did not move in the window is left out. Both reporters answer, and are told apart later (F4).
 */
public enum Question {
    /** Requests per second by their ends, answer and security. */
    REQUESTS {
        @Override
        public String promql(String window) {
            var labels = Stream.concat(
                    IstioLabels.ENDS.stream(),
                    Stream.of(
                            IstioLabels.PROTOCOL,
                            IstioLabels.CODE,
                            IstioLabels.GRPC_STATUS,
                            IstioLabels.FLAGS,
                            IstioLabels.SECURITY));
            return sum(labels, Selector.of(Requests.TOTAL), window) + " > 0";
        }
    },
    /** The median of the latency, in milliseconds. */
    LATENCY_P50 {
        @Override
        public String promql(String window) {
            return quantile("0.5", window);
        }
    },
    /** The latency that 95 of a hundred requests keep, in milliseconds. */
    LATENCY_P95 {
        @Override
        public String promql(String window) {
            return quantile("0.95", window);
        }
    },
    /** The latency that 99 of a hundred requests keep, in milliseconds. */
    LATENCY_P99 {
        @Override
        public String promql(String window) {
            return quantile("0.99", window);
        }
    },
    /** How many requests per second of each host and each workload took up to how long. */
    BUCKETS {
        @Override
        public String promql(String window) {
            return "sum by (" + IstioLabels.HOST + ", " + IstioLabels.WORKLOAD + ", " + IstioLabels.WORKLOAD_NAMESPACE
                    + ", " + IstioLabels.BUCKET + ") (rate(" + ofCallers() + "[" + window + "]) or rate("
                    + ofServersAlone() + "[" + window + "])) > 0";
        }
    },
    /** Bytes and connections over TCP, per second. */
    TCP {
        @Override
        public String promql(String window) {
            return Stream.of(TcpMetric.values())
                    .map(metric -> named(
                            metric.name(),
                            sum(
                                            Stream.concat(
                                                    IstioLabels.ENDS.stream(),
                                                    Stream.of(IstioLabels.FLAGS, IstioLabels.SECURITY)),
                                            Selector.of(metric.metric()),
                                            window)
                                    + " > 0"))
                    .collect(joining(" or "));
        }
    },
    /** How many targets each application has, and how many of them answer. */
    TARGETS {
        @Override
        public String promql(String window) {
            var up = Selector.of("up").isNot("namespace", "").isNot("app", "");
            return named(ALL, "count by (namespace, app, version) (" + up + ")") + " or "
                    + named(UP, "sum by (namespace, app, version) (" + up + ")");
        }
    };

    /** Which of several metrics a row of one answer is about. */
    static final String METRIC = "metric";

    static final String ALL = "all";
    static final String UP = "up";

    /** What is known of connections. */
    enum TcpMetric {
        SENT("istio_tcp_sent_bytes_total"),
        RECEIVED("istio_tcp_received_bytes_total"),
        OPENED("istio_tcp_connections_opened_total"),
        CLOSED("istio_tcp_connections_closed_total");

        private final String metric;

        TcpMetric(String metric) {
            this.metric = metric;
        }

        String metric() {
            return metric;
        }
    }

    /**
     * Returns the query.
     *
     * @param window how far back, as Prometheus writes a duration; at least four scrapes should lie in it
     */
    public abstract String promql(String window);

    /** One side tells the latency of an edge: the caller's, or the server's where no caller's proxy counts. */
    private static String quantile(String quantile, String window) {
        var labels = Stream.concat(IstioLabels.ENDS.stream(), Stream.of(IstioLabels.BUCKET))
                .toList();
        return "histogram_quantile(" + quantile + ", " + sum(labels.stream(), ofCallers(), window) + " or "
                + sum(labels.stream(), ofServersAlone(), window) + ")";
    }

    private static Selector ofCallers() {
        return Selector.of(Requests.BUCKET).isNot(IstioLabels.REPORTER, IstioLabels.SERVER_SIDE);
    }

    private static Selector ofServersAlone() {
        return Selector.of(Requests.BUCKET)
                .is(IstioLabels.REPORTER, IstioLabels.SERVER_SIDE)
                .isOneOf(IstioLabels.SOURCE_WORKLOAD, List.of("", IstioLabels.UNKNOWN));
    }

    private static String sum(Stream<String> labels, Selector series, String window) {
        return "sum by (" + labels.collect(joining(", ")) + ") (rate(" + series + "[" + window + "]))";
    }

    private static String named(String name, String expression) {
        return "label_replace(" + expression + ", " + Selector.quoted(METRIC) + ", " + Selector.quoted(name)
                + ", \"\", \"\")";
    }
}
