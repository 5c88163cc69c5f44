package dev.binnacle.app.api;

import dev.binnacle.app.mesh.MeshRuntime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The xDS server's own metrics under istiod's names. */
@Path("/metrics/pilot")
@Tag(name = "metrics")
public class PilotMetricsResource {
    private final MeshRuntime mesh;

    PilotMetricsResource(MeshRuntime mesh) {
        this.mesh = mesh;
    }

    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @Operation(summary = "The metrics pilot_…, named and typed as istiod's")
    public String metrics() {
        return mesh.pilotMetrics();
    }
}
