package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.registry.Hosts;
import java.util.List;
import java.util.Optional;

/**
 * A listener or a Service that a route is attached to.
 *
 * @param gateway {@code namespace/name} of the Gateway that the listener is converted to, or {@code mesh}
 * @param serviceHost the Service's host; empty for listeners
 * @param port the only port of the Service that is meant
 * @param hostname the listener's; empty for every one
 * @param others hostnames of the Gateway's other listeners for the same protocol and port
 * @param place where the route names it
 */
record Attachment(
        String gateway,
        Optional<String> serviceHost,
        Optional<Integer> port,
        Optional<String> hostname,
        List<String> others,
        Place place) {
    static Attachment ofService(String host, Optional<Integer> port, Place place) {
        return new Attachment(VirtualService.MESH, Optional.of(host), port, Optional.empty(), List.of(), place);
    }

    boolean isMesh() {
        return gateway.equals(VirtualService.MESH);
    }

    /** Tells whether requests for a route's host come here, and not to another listener that is for less hosts. */
    boolean takes(String host) {
        String own = hostname.orElse("");
        if (!own.isEmpty() && !own.startsWith("*")) {
            return true;
        }
        if (!own.isEmpty() && Hosts.intersection(host, own).isEmpty()) {
            return false;
        }
        return others.stream()
                .filter(other -> other.length() >= own.length() && !other.isEmpty())
                .noneMatch(other -> Hosts.covers(other, host));
    }
}
