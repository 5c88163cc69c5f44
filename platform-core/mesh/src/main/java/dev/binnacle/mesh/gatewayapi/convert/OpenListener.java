package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.gatewayapi.GatewayApiKinds;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Kind;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Listener;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.registry.Hosts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A listener that routes may be attached to.
 *
 * @param namespaces whose routes it takes; {@code *} for all
 * @param gateway what it is converted to; empty when something keeps it from being opened
 */
record OpenListener(KubernetesGateway owner, Listener listener, List<String> namespaces, Optional<Gateway> gateway) {
    static final String EVERY = "*";

    private static final Set<String> OF_REQUESTS = Set.of("HTTP", "HTTPS");
    private static final Kind HTTP_ROUTE = new Kind(GatewayApiKinds.GROUP, "HTTPRoute");

    /** Returns Istio's name for the Gateway that a listener becomes. */
    static String name(KubernetesGateway owner, Listener listener) {
        return Gateway.nameOf(owner.ref().name(), listener.name());
    }

    /** Returns {@code namespace/name} of that Gateway. */
    String id() {
        return owner.ref().namespace() + "/" + name(owner, listener);
    }

    boolean isFor(String namespace) {
        return namespaces.contains(EVERY) || namespaces.contains(namespace);
    }

    boolean isFor(List<String> hostnames) {
        return hostnames.isEmpty()
                || hostnames.stream()
                        .anyMatch(host ->
                                Hosts.intersection(listener.host(), host).isPresent());
    }

    boolean takesHttpRoutes() {
        var kinds = listener.allowed().kinds();
        return OF_REQUESTS.contains(listener.protocol()) && (kinds.isEmpty() || kinds.contains(HTTP_ROUTE));
    }
}
