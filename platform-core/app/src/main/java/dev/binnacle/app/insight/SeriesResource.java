package dev.binnacle.app.insight;

import dev.binnacle.insight.series.Signal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How signals went. */
@Path("/api/v1/series")
@Tag(name = "insight")
public class SeriesResource {
    private final Charts charts;

    SeriesResource(Charts charts) {
        this.charts = charts;
    }

    @GET
    @Operation(
            summary = "A signal of a service, a node or an edge over time",
            description =
                    "At most 300 points and 12 lines. Times are whole multiples of `stepSeconds`, so that all who look "
                            + "share one answer. Each point counts over the last minute, or over a step where that is "
                            + "longer. A service has a line for all and one for each version.")
    public SeriesView series(
            @Parameter(description = "A node's id, workload/default/catalog-v1; of a gateway what it sends")
                    @QueryParam("node")
                    @Nullable
                    String node,
            @Parameter(description = "NAMESPACE/NAME") @QueryParam("service") @Nullable String service,
            @Parameter(description = "SOURCE>TARGET, ids of nodes") @QueryParam("edge") @Nullable String edge,
            @Parameter(description = "requests, errors or latency") @QueryParam("signal") @DefaultValue("requests")
                    String signal,
            @Parameter(description = Parameters.WINDOW) @QueryParam("window") @DefaultValue("1h") String window,
            @Parameter(description = Parameters.AT) @QueryParam("at") @Nullable String at) {
        return charts.of(new Charts.Of(node, service, edge), signal(signal), window, Parameters.at(at));
    }

    private static Signal signal(String text) {
        return switch (text) {
            case "requests" -> Signal.REQUESTS;
            case "errors" -> Signal.ERRORS;
            case "latency" -> Signal.LATENCY;
            default -> throw Parameters.badRequest("signal is requests, errors or latency");
        };
    }
}
