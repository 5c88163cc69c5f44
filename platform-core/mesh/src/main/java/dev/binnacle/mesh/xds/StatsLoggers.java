package dev.binnacle.mesh.xds;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.accesslog.v3.LogTypeFilter;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogType;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.Map;
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
    static List<AccessLog> http(StatsTags tags) {
        return List.of(http(tags.http("http"), true), http(tags.http("grpc"), false));
    }

    /**
     * Returns the loggers of the proxy port, where a client may also ask for a tunnel: that counts as a TCP connection and
     * as no request.
     */
    static List<AccessLog> proxy(StatsTags tags) {
        var requests = http(tags).stream()
                .map(log -> log.toBuilder()
                        .setFilter(both(log.getFilter(), isTunnel(false)))
                        .build());
        var labels = tags.tcp().asConfig();
        var tunnels = Stream.of(
                tunnel(AccessLogType.DownstreamTunnelSuccessfullyEstablished, opened(labels)),
                tunnel(AccessLogType.DownstreamEnd, closed(labels)));
        return Stream.concat(requests, tunnels).toList();
    }

    private static AccessLog tunnel(AccessLogType when, List<?> counters) {
        var type = AccessLogFilter.newBuilder()
                .setLogTypeFilter(LogTypeFilter.newBuilder().addTypes(when))
                .build();
        return AccessLog.newBuilder()
                .setName(NAME)
                .setFilter(both(type, isTunnel(true)))
                .setTypedConfig(Protos.typedStruct(TYPE, Map.of("stats_scope", SCOPE, "counters", counters)))
                .build();
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

    private static AccessLog http(StatsTags tags, boolean allButGrpc) {
        var labels = tags.asConfig();
        var config = Map.of(
                "stats_scope",
                SCOPE,
                "counters",
                List.of(Map.of("stat", stat("istio_requests_total", labels), "value_fixed", 1)),
                "histograms",
                List.of(
                        histogram("istio_request_duration_milliseconds", labels, "Milliseconds", "%DURATION%"),
                        histogram("istio_request_bytes", labels, "Bytes", "%DOWNSTREAM_WIRE_BYTES_RECEIVED%"),
                        histogram("istio_response_bytes", labels, "Bytes", "%DOWNSTREAM_WIRE_BYTES_SENT%")));
        var contentType = HeaderMatcher.newBuilder()
                .setName("content-type")
                .setStringMatch(StringMatcher.newBuilder().setPrefix("application/grpc"))
                .setInvertMatch(allButGrpc)
                .setTreatMissingHeaderAsEmpty(true);
        return AccessLog.newBuilder()
                .setName(NAME)
                .setFilter(AccessLogFilter.newBuilder()
                        .setHeaderFilter(HeaderFilter.newBuilder().setHeader(contentType)))
                .setTypedConfig(Protos.typedStruct(TYPE, config))
                .build();
    }

    /** Returns the loggers of a TCP proxy, one for connections opened and one for connections closed. */
    static List<Map<String, Object>> tcp(StatsTags tags) {
        var labels = tags.tcp().asConfig();
        return List.of(tcp("TcpUpstreamConnected", opened(labels)), tcp("TcpConnectionEnd", closed(labels)));
    }

    private static List<?> opened(List<?> labels) {
        return List.of(Map.of("stat", stat("istio_tcp_connections_opened_total", labels), "value_fixed", 1));
    }

    private static List<?> closed(List<?> labels) {
        return List.of(
                Map.of("stat", stat("istio_tcp_connections_closed_total", labels), "value_fixed", 1),
                Map.of("stat", stat("istio_tcp_sent_bytes_total", labels), "value_format", "%BYTES_SENT%"),
                Map.of("stat", stat("istio_tcp_received_bytes_total", labels), "value_format", "%BYTES_RECEIVED%"));
    }

    private static Map<String, Object> tcp(String when, List<?> counters) {
        return Map.of(
                "name",
                NAME,
                "filter",
                Map.of("log_type_filter", Map.of("types", List.of(when))),
                "typed_config",
                Map.of("@type", Protos.TYPE + TYPE, "stats_scope", SCOPE, "counters", counters));
    }

    private static Map<String, Object> histogram(String name, List<?> labels, String unit, String value) {
        return Map.of("stat", stat(name, labels), "unit", unit, "value_format", value);
    }

    private static Map<String, Object> stat(String name, List<?> labels) {
        return Map.of("name", name, "tags", labels);
    }
}
