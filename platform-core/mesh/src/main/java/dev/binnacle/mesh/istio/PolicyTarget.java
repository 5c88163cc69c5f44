package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.istio.security.PeerAuthentication.ROOT_NAMESPACE;

import dev.binnacle.mesh.diagnostic.Place;
import java.util.List;
import java.util.Map;

/**
 * Which pods a resource is for, out of its namespace or, in the root namespace, out of the mesh.
 *
 * @param selector labels they have; empty for all
 * @param gateways the Gateway API's Gateways whose pods are meant instead; empty when it does not go by them
 * @param place where it was written
 */
public record PolicyTarget(Map<String, String> selector, List<String> gateways, Place place) {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    public PolicyTarget {
        gateways = List.copyOf(gateways);
    }

    /** Tells whether a whole namespace is meant, which is the mesh in the root namespace. */
    public boolean isEveryone() {
        return selector.isEmpty() && gateways.isEmpty();
    }

    /** Tells whether pods with these labels are meant, wherever they are. */
    public boolean selects(Map<String, String> podLabels) {
        return gateways.isEmpty()
                ? podLabels.entrySet().containsAll(selector.entrySet())
                : gateways.contains(podLabels.getOrDefault(GATEWAY_NAME, ""));
    }

    /** Tells whether a policy of {@code namespace} with this target is for a pod. Gateways are those of the namespace. */
    public boolean covers(String namespace, String podNamespace, Map<String, String> podLabels) {
        boolean reaches = namespace.equals(podNamespace) || gateways.isEmpty() && namespace.equals(ROOT_NAMESPACE);
        return reaches && selects(podLabels);
    }
}
