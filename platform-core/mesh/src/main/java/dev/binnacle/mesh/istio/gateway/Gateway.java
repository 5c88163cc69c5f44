package dev.binnacle.mesh.istio.gateway;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @param portName unique within the Gateway
     * @param protocol what clients speak, within TLS if they speak that
     * @param hosts as written: {@code namespace/host} or {@code host}
     * @param httpsRedirect whether plain HTTP is answered by a redirect to HTTPS
     * @param tls for ports that speak TLS
     */
    public record Server(
            int port,
            String portName,
            Protocol protocol,
            List<Placed> hosts,
            boolean httpsRedirect,
            Optional<ServerTlsSettings> tls,
            Place place,
            Place portPlace) {
        /** Tells whether requests are seen one by one. */
        public boolean isHttp() {
            return protocol.isHttp();
        }

        /** Tells whether connections are passed on as they come, by the name that TLS clients ask for. */
        public boolean passesThrough() {
            return tls.filter(settings -> settings.mode() == ServerTlsSettings.Mode.PASSTHROUGH)
                    .isPresent();
        }
    }
}
