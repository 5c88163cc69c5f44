package dev.binnacle.xds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server knows about one proxy.
 *
 * @param nodeId the id its Envoy announces
 * @param version of Istio, as the proxy says, else of Envoy; empty when it is not connected
 * @param connected whether a stream is open
 * @param synced whether it acknowledged everything it should have
 * @param types by type, all of them
 * @param rejections what it refused and would still refuse
 */
public record ProxyStatus(
        String nodeId,
        String version,
        boolean connected,
        boolean synced,
        Map<XdsType, TypeStatus> types,
        List<Rejection> rejections) {
    public ProxyStatus {
        types = Map.copyOf(types);
        rejections = List.copyOf(rejections);
    }

    /** Returns the part of a node id that names the pod, {@code catalog-v1-0.default}; istiod calls it the proxy's id. */
    public static String proxyOf(String nodeId) {
        var parts = nodeId.split("~", -1);
        return parts.length == 4 ? parts[2] : nodeId;
    }

    /** Returns the proxy's id, for example {@code catalog-v1-0.default}. */
    public String proxy() {
        return proxyOf(nodeId);
    }

    /**
     * One type of one proxy.
     *
     * @param version of all resources of the type that the proxy should have
     * @param sent when the proxy was last sent something of the type, on its present connection
     * @param acked whether the proxy has exactly these
     * @param error the proxy's words about the last refusal that still stands
     */
    public record TypeStatus(String version, Optional<Instant> sent, boolean acked, Optional<String> error) {}
}
