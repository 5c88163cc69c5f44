package dev.binnacle.mesh.xds;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.Map;

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
        return List.of(
                tcp(
                        "TcpUpstreamConnected",
                        List.of(Map.of("stat", stat("istio_tcp_connections_opened_total", labels), "value_fixed", 1))),
                tcp(
                        "TcpConnectionEnd",
                        List.of(
                                Map.of("stat", stat("istio_tcp_connections_closed_total", labels), "value_fixed", 1),
                                Map.of(
                                        "stat",
                                        stat("istio_tcp_sent_bytes_total", labels),
                                        "value_format",
                                        "%BYTES_SENT%"),
                                Map.of(
                                        "stat",
                                        stat("istio_tcp_received_bytes_total", labels),
                                        "value_format",
                                        "%BYTES_RECEIVED%"))));
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
