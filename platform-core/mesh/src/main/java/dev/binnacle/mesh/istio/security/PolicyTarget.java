package dev.binnacle.mesh.istio.security;

import dev.binnacle.mesh.diagnostic.Place;
import java.util.List;
import java.util.Map;

/**
 * Which pods a policy is for, out of its namespace or, in the root namespace, out of the mesh.
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

    /** Tells whether a policy of {@code namespace} with this target is for a pod. */
    public boolean covers(String namespace, String podNamespace, Map<String, String> podLabels) {
        boolean reaches = namespace.equals(podNamespace) || namespace.equals(PeerAuthentication.ROOT_NAMESPACE);
        if (gateways.isEmpty()) {
            return reaches && podLabels.entrySet().containsAll(selector.entrySet());
        }
        return namespace.equals(podNamespace) && gateways.contains(podLabels.getOrDefault(GATEWAY_NAME, ""));
    }
}
