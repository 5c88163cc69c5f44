package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Tracing;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.List;
import java.util.Optional;

/**
 * What an HTTP connection manager tells about requests.
 *
 * @param spawns whether the request that is sent on has a span of its own, as at a gateway
 */
record Told(List<AccessLog> loggers, Optional<Tracing> tracing, boolean spawns) {
    void addTo(HttpConnectionManager.Builder manager) {
        manager.addAllAccessLog(loggers);
        tracing.ifPresent(spans -> TracingRenderer.addTo(manager, spans, spawns));
    }
}
