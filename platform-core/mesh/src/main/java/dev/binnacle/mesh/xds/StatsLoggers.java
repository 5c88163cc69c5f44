package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.Telemetry;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.accesslog.v3.LogTypeFilter;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogType;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Istio's standard metrics from stock Envoy: stats access loggers that count what a request or connection was. */
final class StatsLoggers {
    private static final String NAME = "envoy.access_loggers.stats";
    private static final String TYPE = "envoy.extensions.access_loggers.stats.v3.Config";

    /**
     * The prefix is a stat namespace that the bootstrap's Wasm extension registers: Envoy's Prometheus writer takes it off
     * and adds no {@code envoy_}. The sharing name keeps counters when a listener is replaced.
     */
    private static final Map<String, String> SCOPE = Map.of("prefix", "wasmcustom", "sharing_name", "istio");

    private StatsLoggers() {}

    /** Returns the loggers of an HTTP connection manager: one for HTTP and one for gRPC. */
    static List<AccessLog> http(StatsTags tags, Telemetry.Side told) {
        return Stream.of(http(tags.http("http"), told, true), http(tags.http("grpc"), told, false))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns the loggers of the proxy port, where a client may also ask for a tunnel: that counts as a TCP connection and
     * as no request.
     */
    static List<AccessLog> proxy(StatsTags tags, Telemetry.Side told) {
        var requests = http(tags, told).stream()
                .map(log -> log.toBuilder()
                        .setFilter(both(log.getFilter(), isTunnel(false)))
                        .build());
        var measured = new StatsMetrics(tags.tcp(), told.metrics());
        var tunnels = Stream.of(
                tunnel(AccessLogType.DownstreamTunnelSuccessfullyEstablished, opened(measured)),
                tunnel(AccessLogType.DownstreamEnd, closed(measured)));
        return Stream.concat(requests, tunnels.flatMap(Optional::stream)).toList();
    }

    private static Optional<AccessLog> tunnel(AccessLogType when, List<?> counters) {
        var type = AccessLogFilter.newBuilder()
                .setLogTypeFilter(LogTypeFilter.newBuilder().addTypes(when))
                .build();
        return Optional.of(counters)
                .filter(any -> !any.isEmpty())
                .map(all -> AccessLog.newBuilder()
                        .setName(NAME)
                        .setFilter(both(type, isTunnel(true)))
                        .setTypedConfig(Protos.typedStruct(TYPE, Map.of("stats_scope", SCOPE, "counters", all)))
                        .build());
    }

    private static AccessLogFilter both(AccessLogFilter one, AccessLogFilter other) {
        return AccessLogFilter.newBuilder()
                .setAndFilter(AndFilter.newBuilder().addFilters(one).addFilters(other))
                .build();
    }

    private static AccessLogFilter isTunnel(boolean wanted) {
        var method = HeaderMatcher.newBuilder()
                .setName(":method")
                .setStringMatch(StringMatcher.newBuilder().setExact(RouteRenderer.CONNECT))
                .setInvertMatch(!wanted);
        return AccessLogFilter.newBuilder()
                .setHeaderFilter(HeaderFilter.newBuilder().setHeader(method))
                .build();
    }

    private static Optional<AccessLog> http(StatsTags tags, Telemetry.Side told, boolean allButGrpc) {
        var measured = new StatsMetrics(tags, told.metrics());
        var config = new LinkedHashMap<String, Object>();
        config.put("stats_scope", SCOPE);
        put(config, "counters", measured.counter(Metric.REQUEST_COUNT, "value_fixed", 1));
        put(
                config,
                "histograms",
                measured.histogram(Metric.REQUEST_DURATION, "Milliseconds", "%DURATION%"),
                measured.histogram(Metric.REQUEST_SIZE, "Bytes", "%DOWNSTREAM_WIRE_BYTES_RECEIVED%"),
                measured.histogram(Metric.RESPONSE_SIZE, "Bytes", "%DOWNSTREAM_WIRE_BYTES_SENT%"));
        if (config.size() == 1) {
            return Optional.empty();
        }
        var contentType = HeaderMatcher.newBuilder()
                .setName("content-type")
                .setStringMatch(StringMatcher.newBuilder().setPrefix("application/grpc"))
                .setInvertMatch(allButGrpc)
                .setTreatMissingHeaderAsEmpty(true);
        return Optional.of(AccessLog.newBuilder()
                .setName(NAME)
                .setFilter(AccessLogFilter.newBuilder()
                        .setHeaderFilter(HeaderFilter.newBuilder().setHeader(contentType)))
                .setTypedConfig(Protos.typedStruct(TYPE, config))
                .build());
    }

    @SafeVarargs
    private static void put(Map<String, Object> config, String name, Optional<Map<String, Object>>... metrics) {
        var measured = Stream.of(metrics).flatMap(Optional::stream).toList();
        if (!measured.isEmpty()) {
            config.put(name, measured);
        }
    }

    /** Returns the loggers of a TCP proxy, one for connections opened and one for connections closed. */
    static List<Map<String, Object>> tcp(StatsTags tags, Telemetry.Side told) {
        var measured = new StatsMetrics(tags.tcp(), told.metrics());
        return Stream.of(tcp("TcpUpstreamConnected", opened(measured)), tcp("TcpConnectionEnd", closed(measured)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Map<String, Object>> opened(StatsMetrics measured) {
        return measured.counter(Metric.TCP_OPENED_CONNECTIONS, "value_fixed", 1).stream()
                .toList();
    }

    private static List<Map<String, Object>> closed(StatsMetrics measured) {
        return Stream.of(
                        measured.counter(Metric.TCP_CLOSED_CONNECTIONS, "value_fixed", 1),
                        measured.counter(Metric.TCP_SENT_BYTES, "value_format", "%BYTES_SENT%"),
                        measured.counter(Metric.TCP_RECEIVED_BYTES, "value_format", "%BYTES_RECEIVED%"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Map<String, Object>> tcp(String when, List<?> counters) {
        return Optional.of(counters)
                .filter(any -> !any.isEmpty())
                .map(all -> Map.of(
                        "name",
                        NAME,
                        "filter",
                        Map.of("log_type_filter", Map.of("types", List.of(when))),
                        "typed_config",
                        Map.of("@type", Protos.TYPE + TYPE, "stats_scope", SCOPE, "counters", all)));
    }
}
