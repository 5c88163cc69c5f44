package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.gatewayapi.GatewayApiKinds;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.Reference;
import dev.binnacle.mesh.gatewayapi.ReferenceGrant;
import dev.binnacle.mesh.gatewayapi.ReferenceGrant.From;
import dev.binnacle.mesh.istio.ServiceEntry;
import dev.binnacle.mesh.kubernetes.Namespace;
import dev.binnacle.mesh.kubernetes.Secret;
import dev.binnacle.mesh.kubernetes.Service;
import java.util.List;
import java.util.Optional;

/**
 * What Gateway API's resources are converted from, and what they refer to.
 *
 * @param gateways where two decide about one thing, the first one counts; so it is with routes
 */
public record Resources(
        List<KubernetesGateway> gateways,
        List<HttpRoute> routes,
        List<ReferenceGrant> grants,
        List<Service> services,
        List<ServiceEntry> serviceEntries,
        List<Secret> secrets,
        List<Namespace> namespaces) {

    /** Tells whether there is nothing to convert. */
    public boolean meanNothing() {
        return gateways.isEmpty() && routes.isEmpty();
    }

    /** Tells whether a ReferenceGrant where {@code to} leads permits the reference of a resource in {@code namespace}. */
    boolean permits(String kind, String namespace, Reference to) {
        var who = new From(GatewayApiKinds.GROUP, kind, namespace);
        String there = to.namespaceFrom(namespace);
        return there.equals(namespace)
                || grants.stream().anyMatch(grant -> grant.ref().namespace().equals(there) && grant.permits(who, to));
    }

    Optional<Service> service(String host) {
        return services.stream().filter(service -> service.host().equals(host)).findFirst();
    }
}
