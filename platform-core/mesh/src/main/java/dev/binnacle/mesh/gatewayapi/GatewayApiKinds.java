package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.schema.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of Gateway API: those that are read, and those that are refused with the reason. */
public final class GatewayApiKinds {
    /** The API group of all of them. */
    public static final String GROUP = "gateway.networking.k8s.io";

    /** Kinds that are read. */
    public static final List<ResourceKind> READ =
            List.of(KubernetesGatewayReader.KIND, HttpRouteReader.KIND, ReferenceGrantReader.KIND);

    private static final String BY_VIRTUAL_SERVICE =
            "is not supported yet: it takes no effect; a VirtualService does the same with ";

    private static final Map<String, String> REJECTED = Map.of(
            "GRPCRoute",
            "is not supported yet: it takes no effect; an HTTPRoute routes gRPC by the path `/SERVICE/METHOD`",
            "TLSRoute",
            BY_VIRTUAL_SERVICE + "`tls` rules",
            "TCPRoute",
            BY_VIRTUAL_SERVICE + "`tcp` rules",
            "UDPRoute",
            "is not supported: Istio does not route UDP",
            "ListenerSet",
            "is not supported yet: it takes no effect; write the listeners into the Gateway",
            "BackendTLSPolicy",
            "is not supported yet: it takes no effect; a DestinationRule with `trafficPolicy.tls` does the same");

    private GatewayApiKinds() {}

    /** Returns every kind that is refused, with the reason. */
    public static Map<String, String> rejected() {
        return REJECTED;
    }

    /** Returns why resources of this kind are refused; empty when the kind is not Gateway API's or is read. */
    public static Optional<String> rejected(String apiVersion, String kind) {
        return apiVersion.startsWith(GROUP + "/") ? Optional.ofNullable(REJECTED.get(kind)) : Optional.empty();
    }
}
