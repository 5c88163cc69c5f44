package dev.binnacle.insight.series;

import dev.binnacle.prometheus.istio.IstioLabels;
import dev.binnacle.prometheus.promql.Selector;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Whose requests are drawn.
 *
 * @param selection narrows series of Istio's metrics to them
 * @param versions whether they are those of one service, which is drawn version by version, too
 */
public record Subject(UnaryOperator<Selector> selection, boolean versions) {
    private static final List<String> NOBODY = List.of("", IstioLabels.UNKNOWN);

    /** Returns what a service is asked for. */
    public static Subject service(String host) {
        return new Subject(series -> series.is(IstioLabels.HOST, host), true);
    }

    /**
     * Returns what comes to a node of the topology; what a gateway sends, as nobody reports what comes to it.
     *
     * @param gateway whether it is one
     * @return empty when no series tell of such a node
     */
    public static Optional<Subject> node(String id, boolean gateway) {
        return (gateway ? source(id) : target(id)).map(selection -> new Subject(selection, false));
    }

    /** Returns what goes over an edge of the topology; empty when no series tell of such a one. */
    public static Optional<Subject> edge(String source, String target) {
        return source(source)
                .flatMap(from -> target(target).map(to -> new Subject(series -> to.apply(from.apply(series)), false)));
    }

    private static Optional<UnaryOperator<Selector>> source(String id) {
        var parts = id.split("/", -1);
        if (parts[0].equals("workload") && parts.length == 3) {
            return Optional.of(series ->
                    series.is(IstioLabels.SOURCE_NAMESPACE, parts[1]).is(IstioLabels.SOURCE_WORKLOAD, parts[2]));
        }
        return id.equals("unknown")
                ? Optional.of(series -> series.isOneOf(IstioLabels.SOURCE_WORKLOAD, NOBODY))
                : Optional.empty();
    }

    private static Optional<UnaryOperator<Selector>> target(String id) {
        var parts = id.split("/", -1);
        return switch (parts[0] + " " + parts.length) {
            case "workload 3" ->
                Optional.of(series ->
                        series.is(IstioLabels.WORKLOAD_NAMESPACE, parts[1]).is(IstioLabels.WORKLOAD, parts[2]));
            case "service 3" ->
                Optional.of(series -> unreached(series)
                        .is(IstioLabels.SERVICE_NAMESPACE, parts[1])
                        .is(IstioLabels.SERVICE, parts[2]));
            case "external 2" -> Optional.of(series -> unreached(series).is(IstioLabels.HOST, parts[1]));
            case "passthrough 1" ->
                Optional.of(series -> series.matches(IstioLabels.SERVICE, "(Inbound)?PassthroughCluster(Ipv[46])?"));
            case "black-hole 1" -> Optional.of(series -> series.is(IstioLabels.SERVICE, "BlackHoleCluster"));
            case "unrouted 1" ->
                Optional.of(series ->
                        unreached(series).matches(IstioLabels.FLAGS, "(.*,)?" + IstioLabels.NO_ROUTE + "(,.*)?"));
            default -> Optional.empty();
        };
    }

    private static Selector unreached(Selector series) {
        return series.isOneOf(IstioLabels.WORKLOAD, NOBODY);
    }
}
