package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.TcpConnections;
import dev.binnacle.mesh.ir.TcpRoute;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders TCP proxies. */
final class TcpProxies {
    private static final String TYPE = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";

    private TcpProxies() {}

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    static Filter render(String prefix, String cluster, List<Map<String, Object>> loggers) {
        return filter(config(prefix, cluster, loggers));
    }

    static Filter render(String prefix, TcpRoute route, List<Map<String, Object>> loggers) {
        var config = common(prefix, loggers);
        if (route.targets().size() == 1) {
            config.put("cluster", route.targets().getFirst().cluster());
        } else {
            var clusters = route.targets().stream()
                    .map(target -> Map.of("name", target.cluster(), "weight", target.weight()))
                    .toList();
            config.put("weighted_clusters", Map.of("clusters", clusters));
        }
        limit(route.connections(), config);
        return filter(config);
    }

    private static void limit(TcpConnections connections, Map<String, Object> config) {
        connections.idleTimeout().ifPresent(time -> config.put("idle_timeout", seconds(time)));
        connections.maxDuration().ifPresent(time -> config.put("max_downstream_connection_duration", seconds(time)));
        if (connections.byClient()) {
            config.put("hash_policy", List.of(Map.of("source_ip", Map.of())));
        }
    }

    /**
     * Renders the proxy behind a TLS handshake. It waits for the handshake before it connects: the connection would be
     * logged as opened before the peer is known otherwise.
     */
    static Filter afterHandshake(String prefix, String cluster, List<Map<String, Object>> loggers) {
        var config = config(prefix, cluster, loggers);
        config.put("upstream_connect_mode", "ON_DOWNSTREAM_TLS_HANDSHAKE");
        config.put("max_early_data_bytes", 65536);
        return filter(config);
    }

    private static Map<String, Object> config(String prefix, String cluster, List<Map<String, Object>> loggers) {
        var config = common(prefix, loggers);
        config.put("cluster", cluster);
        return config;
    }

    private static Map<String, Object> common(String prefix, List<Map<String, Object>> loggers) {
        var config = new LinkedHashMap<String, Object>();
        config.put("stat_prefix", prefix);
        config.put("access_log_options", Map.of("flush_access_log_on_connected", true));
        if (!loggers.isEmpty()) {
            config.put("access_log", loggers);
        }
        return config;
    }

    private static Filter filter(Map<String, Object> config) {
        return Filter.newBuilder()
                .setName("envoy.filters.network.tcp_proxy")
                .setTypedConfig(Protos.typedStruct(TYPE, config))
                .build();
    }
}
