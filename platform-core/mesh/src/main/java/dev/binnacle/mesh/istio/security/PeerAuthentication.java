package dev.binnacle.mesh.istio.security;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import java.util.Map;
import java.util.Optional;

/**
 * What pods accept from the network.
 *
 * @param selector labels of the pods it is for; empty for a whole namespace, or for the mesh in the root namespace
 * @param mode empty when it leaves the decision to a wider policy
 * @param ports decisions for single container ports; an empty one inherits
 */
public record PeerAuthentication(
        ResourceRef ref,
        Origin origin,
        Map<String, String> selector,
        Place selectorPlace,
        Optional<Mtls> mode,
        Map<Integer, Optional<Mtls>> ports,
        Place portsPlace)
        implements Resource {
    /** The namespace whose policies without selector are for the whole mesh. */
    public static final String ROOT_NAMESPACE = "istio-system";
}
