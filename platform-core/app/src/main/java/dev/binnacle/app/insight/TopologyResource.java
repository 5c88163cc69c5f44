package dev.binnacle.app.insight;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who talks to whom. */
@Path("/api/v1/topology")
@Tag(name = "insight")
public class TopologyResource {
    private final Pictures pictures;

    TopologyResource(Pictures pictures) {
        this.pictures = pictures;
    }

    @GET
    @Operation(
            summary = "Services, workloads, versions, gateways and external hosts, and the traffic between them",
            description =
                    "Made of Istio's standard metrics by a fixed number of queries, and of the manifests. What is not "
                            + "known is null; `gaps` says why. Numbers are per second, shares from 0 to 1.")
    public TopologyView topology(
            @Parameter(description = Parameters.WINDOW) @QueryParam("window") @DefaultValue("5m") String window,
            @Parameter(description = Parameters.AT) @QueryParam("at") @Nullable String at) {
        return TopologyView.of(
                pictures.of(Parameters.window(window), Parameters.at(at)).topology(), window);
    }
}
