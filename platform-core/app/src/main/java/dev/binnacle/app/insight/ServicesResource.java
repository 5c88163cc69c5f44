package dev.binnacle.app.insight;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How services do. */
@Path("/api/v1/services")
@Tag(name = "insight")
public class ServicesResource {
    private final ServiceViews views;

    ServicesResource(ServiceViews views) {
        this.views = views;
    }

    @GET
    @Operation(
            summary = "Every declared service with its golden signals and its health",
            description = "Made of the answers that make the topology. What is not known is null; `gaps` says why.")
    public ServiceView.Listing services(
            @Parameter(description = Parameters.WINDOW) @QueryParam("window") @DefaultValue("5m") String window,
            @Parameter(description = Parameters.AT) @QueryParam("at") @Nullable String at) {
        return views.all(window, at);
    }

    @GET
    @Path("/{namespace}/{name}")
    @Operation(
            summary = "One service: signals, versions and how they do beside each other, callers, calls, pods",
            description =
                    "`comparison` sets each version beside the one with most requests, in words, and says when too few "
                            + "were asked to tell. `unknown` lists labels of its metrics that say nothing, and why.")
    public ServiceView service(
            @PathParam("namespace") String namespace,
            @Parameter(description = "As metrics call it: a Service's name, or the host of a ServiceEntry")
                    @PathParam("name")
                    String name,
            @Parameter(description = Parameters.WINDOW) @QueryParam("window") @DefaultValue("5m") String window,
            @Parameter(description = Parameters.AT) @QueryParam("at") @Nullable String at) {
        return views.one(namespace, name, window, at);
    }
}
