package dev.binnacle.app.discovery;

import dev.binnacle.app.config.PrometheusConfig;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.plugins.PluginEndpoint;
import dev.binnacle.app.plugins.Plugins;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Prometheus' HTTP service discovery. */
@Path("/sd/prometheus")
@Tag(name = "metrics")
public class DiscoveryResource {
    private final MeshRuntime mesh;
    private final Plugins plugins;
    private final PrometheusConfig prometheus;

    DiscoveryResource(MeshRuntime mesh, Plugins plugins, PrometheusConfig prometheus) {
        this.mesh = mesh;
        this.plugins = plugins;
        this.prometheus = prometheus;
    }

    @GET
    @Operation(summary = "Every target Prometheus should scrape, each once")
    public List<TargetGroup> targets(@Context HttpServerRequest request) {
        // Where this request came in is where this application can be scraped.
        var own = request.localAddress();
        return Targets.of(
                mesh.controller().state().pods(),
                own.hostAddress() + ":" + own.port(),
                plugins.endpoints().stream().map(PluginEndpoint::path).toList(),
                prometheus.url());
    }
}
