package dev.binnacle.app.plugins;

import dev.binnacle.plugins.ExtensionStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;

/** The plugins in the API. */
@Path("/api/v1/plugins")
public class PluginsResource {
    private final Plugins plugins;

    PluginsResource(Plugins plugins) {
        this.plugins = plugins;
    }

    /** One extension as the API shows it; {@code ./binnacle plugin list -o json} prints the same. */
    public record ExtensionView(
            String id, String kind, String plugin, String version, String status, String stability, String reason) {
        static ExtensionView of(ExtensionStatus status) {
            return new ExtensionView(
                    status.id(),
                    status.kind(),
                    status.plugin(),
                    status.version(),
                    status.state().text(),
                    status.stability(),
                    status.reason());
        }
    }

    /** Lists every extension, sorted by id. */
    @GET
    public List<ExtensionView> list() {
        return plugins.statuses().stream().map(ExtensionView::of).toList();
    }

    /** Reloads every plugin and lists what runs then. */
    @POST
    @Path("/reload")
    public List<ExtensionView> reload() {
        plugins.reloadAll();
        return list();
    }
}
