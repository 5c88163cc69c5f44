package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.istio.Buckets;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.istio.Requests.Side;
import dev.binnacle.prometheus.promql.Selector;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The queries for an objective's events per second.
 *
 * @param total all events
 * @param bad the bad ones among them
 */
record Indication(String total, String bad) {
    private static final String WINDOW = "[5m]";
    private static final String DURATION = "istio_request_duration_milliseconds";
    private static final String SERVER = "destination";
    private static final String CALLER = "source";

    /**
     * Returns an objective's queries.
     *
     * @param recorded the series that {@link #total} is recorded as, for the second one
     */
    static Indication of(Slo slo, String recorded) {
        String all = sum(slo) + " (" + recorded + ")";
        return switch (slo.indicator()) {
            case AVAILABILITY -> requests(slo, List.of(select(slo, Requests.TOTAL, SERVER)), Side.SERVER, all);
            case CLIENT_PERCEIVED -> requests(slo, sent(slo), Side.CALLER, all);
            case GRPC ->
                requests(
                        slo,
                        List.of(select(slo, Requests.TOTAL, SERVER).is("request_protocol", "grpc")),
                        Side.SERVER,
                        all);
            case LATENCY -> latency(slo, all);
            case TCP -> connections(slo, all);
        };
    }

    private static Indication requests(Slo slo, List<Selector> asked, Side side, String all) {
        var requests = slo.plannedFaults()
                ? asked
                : asked.stream().map(Requests::unplanned).toList();
        return counted(
                sum(slo, among(requests, each -> Requests.judged(each, side))),
                sum(slo, among(requests, each -> Requests.failed(each, side))),
                all);
    }

    private static List<Selector> among(List<Selector> requests, Function<Selector, List<Selector>> some) {
        return requests.stream().flatMap(each -> some.apply(each).stream()).toList();
    }

    /** Slow are those that no bucket up to the threshold has counted. */
    private static Indication latency(Slo slo, String all) {
        var bucket = select(slo, DURATION + "_bucket", SERVER).matches("le", Buckets.le(slo.threshold()));
        // Without that bucket there is no answer, rather than a good one; rounding must not make less than nothing of
        // it.
        return new Indication(
                sum(slo, List.of(select(slo, DURATION + "_count", SERVER))),
                "clamp_min(\n" + (all + "\n-\n" + sum(slo, List.of(bucket)) + ",\n0").indent(2) + ")");
    }

    /** Who could not connect is known to the caller alone. */
    private static Indication connections(Slo slo, String all) {
        var closed = select(slo, "istio_tcp_connections_closed_total", CALLER);
        return counted(sum(slo, List.of(closed)), sum(slo, List.of(Requests.failedConnections(closed))), all);
    }

    /** No bad event yet is none, where there are events (facts F4). */
    private static Indication counted(String total, String bad, String all) {
        return new Indication(total, bad + "\nor\n0 * " + all);
    }

    private static List<Selector> sent(Slo slo) {
        return Requests.sentTo(scope(slo, Selector.of(Requests.TOTAL).is("reporter", CALLER)), slo.host());
    }

    private static Selector select(Slo slo, String metric, String reporter) {
        return scope(slo, Selector.of(metric).is("reporter", reporter).is("destination_service", slo.host()));
    }

    private static Selector scope(Slo slo, Selector selector) {
        var scoped = selector;
        for (var label : slo.scope().entrySet()) {
            scoped = scoped.is(label.getKey(), label.getValue());
        }
        return scoped;
    }

    /** Rates first, their sum after (facts F5); alternatives overlap, and {@code or} takes a series once. */
    private static String sum(Slo slo, List<Selector> alternatives) {
        return sum(slo) + " (\n  "
                + alternatives.stream()
                        .map(alternative -> "rate(" + alternative + WINDOW + ")")
                        .collect(Collectors.joining("\n  or\n  "))
                + "\n)";
    }

    private static String sum(Slo slo) {
        return slo.per().isEmpty() ? "sum" : "sum by (" + slo.per() + ")";
    }
}
