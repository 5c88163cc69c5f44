package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Gateway of Gateway API: ports that a gateway opens, and who may attach routes to them.
 *
 * @param className who is to see to it: {@code istio}
 * @param addresses where the gateway is; none asks for one to be deployed
 */
public record KubernetesGateway(
        ResourceRef ref, Origin origin, Placed className, List<Address> addresses, List<Listener> listeners)
        implements Resource {
    public KubernetesGateway {
        addresses = List.copyOf(addresses);
        listeners = List.copyOf(listeners);
    }

    /** Where a gateway is. */
    public record Address(String type, String value, Place place) {
        /** Tells whether it is the host of a Service. */
        public boolean isHostname() {
            return type.equals("Hostname");
        }
    }

    /**
     * One port for one host.
     *
     * @param hostname empty for every host
     * @param protocol as written: {@code HTTP}, {@code HTTPS}, {@code TLS} …
     * @param tls for ports that speak TLS
     */
    public record Listener(
            String name,
            Optional<String> hostname,
            int port,
            String protocol,
            Optional<Tls> tls,
            AllowedRoutes allowed,
            Place place,
            Place portPlace,
            Place protocolPlace) {
        /** Returns the host, or {@code *} for every one. */
        public String host() {
            return hostname.orElse("*");
        }
    }

    /**
     * How a listener speaks TLS.
     *
     * @param passesThrough whether connections are passed on as they come
     * @param options what is not the API's own: Istio reads {@code gateway.istio.io/tls-terminate-mode}
     */
    public record Tls(boolean passesThrough, List<Reference> certificates, Map<String, String> options, Place place) {}

    /**
     * Who may attach routes.
     *
     * @param namespaces {@code Same}, {@code All} or {@code Selector}
     * @param selector of the namespaces, for {@code Selector}
     * @param kinds of routes; none for those that fit the protocol
     */
    public record AllowedRoutes(String namespaces, LabelSelector selector, List<Kind> kinds, Place place) {}

    /** A kind of route. */
    public record Kind(String group, String kind) {}
}
