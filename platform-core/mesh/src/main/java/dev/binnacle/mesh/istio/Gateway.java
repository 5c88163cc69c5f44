package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;

/**
 * Ports that gateway pods open, and the hosts they open them for.
 *
 * @param selector labels of the gateway's pods, in whatever namespace
 */
public record Gateway(
        ResourceRef ref, Origin origin, Map<String, String> selector, Place selectorPlace, List<Server> servers)
        implements Resource {
    public Gateway {
        servers = List.copyOf(servers);
    }

    /** Tells whether pods with these labels serve it. */
    public boolean selects(Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    /**
     * One port.
     *
     * @param port the port of the gateway's Service
     * @param protocol what clients speak
     * @param hosts as written: {@code namespace/host} or {@code host}
     * @param httpsRedirect whether plain HTTP is answered by a redirect to HTTPS
     */
    public record Server(
            int port, Protocol protocol, List<Placed> hosts, boolean httpsRedirect, Place place, Place portPlace) {}
}
