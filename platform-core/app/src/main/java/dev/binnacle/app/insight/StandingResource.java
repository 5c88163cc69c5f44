package dev.binnacle.app.insight;

import dev.binnacle.insight.alert.Owners;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What needs attention. */
@Path("/api/v1")
@Tag(name = "insight")
public class StandingResource {
    private final Overviews overviews;
    private final Pictures pictures;
    private final Slos slos;
    private final Alerts alerts;

    StandingResource(Overviews overviews, Pictures pictures, Slos slos, Alerts alerts) {
        this.overviews = overviews;
        this.pictures = pictures;
        this.slos = slos;
        this.alerts = alerts;
    }

    @GET
    @Path("/slos")
    @Operation(
            summary = "Service level objectives: state, what is left of their budgets, and how fast they burn",
            description =
                    "From the rules that generator-slo makes. `burning`: an alert for it fires. `exhausted`: nothing of "
                            + "the budget is left. `no-traffic` and `unknown` are no good news.")
    public SloView.Listing slos() {
        var found = slos.now();
        var owners = new Owners(pictures.declared());
        return new SloView.Listing(
                found.gaps().isEmpty(),
                found.gaps(),
                found.slos().stream().map(slo -> SloView.of(slo, owners)).toList());
    }

    @GET
    @Path("/alerts")
    @Operation(summary = "The alerts that Alertmanager has now, those that fire and are severe first")
    public AlertView.Listing alerts() {
        return AlertView.Listing.of(alerts.now());
    }

    @GET
    @Path("/overview")
    @Operation(
            summary = "What needs attention, worst first, and how many services do how well",
            description =
                    "From health, alerts, objectives, diagnostics, proxies that lag and plugins that fail. Alerts of "
                            + "objectives are told by the objectives.")
    public OverviewView overview(
            @Parameter(description = Parameters.WINDOW) @QueryParam("window") @DefaultValue("5m") String window,
            @Parameter(description = Parameters.AT) @QueryParam("at") @Nullable String at) {
        return overviews.of(Parameters.window(window), window, Parameters.at(at));
    }
}
