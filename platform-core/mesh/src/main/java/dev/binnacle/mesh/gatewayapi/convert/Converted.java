package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.gateway.Gateway;
import java.util.List;

/**
 * What the resources of Gateway API mean.
 *
 * @param gateways one for each listener, in order
 * @param virtualServices one for each host of each listener or Service, in order; their places are those of the routes
 * @param diagnostics what Istio says in the status of the resources
 */
public record Converted(List<Gateway> gateways, List<VirtualService> virtualServices, List<Diagnostic> diagnostics) {
    /** What a mesh without Gateway API has. */
    public static final Converted NOTHING = new Converted(List.of(), List.of(), List.of());

    public Converted {
        gateways = List.copyOf(gateways);
        virtualServices = List.copyOf(virtualServices);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Converts them. */
    public static Converted of(Resources resources) {
        return new Conversion(resources).run();
    }
}
