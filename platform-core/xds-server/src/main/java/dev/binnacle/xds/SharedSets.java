package dev.binnacle.xds;

import com.google.protobuf.Message;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The sets of one publication: proxies that are given the very same list share what is made of it. */
final class SharedSets {
    private final Map<List<?>, ResourceSet> made = new IdentityHashMap<>();

    /** Returns what {@code proxy} should have of {@code type}; {@code previous} is what it should have had before. */
    ResourceSet of(XdsType type, ProxyResources proxy, ResourceSet previous) {
        return switch (type) {
            case CLUSTER -> of(proxy.clusters(), Cluster::getName, previous);
            case ENDPOINT -> of(proxy.endpoints(), ClusterLoadAssignment::getClusterName, previous);
            case LISTENER -> of(proxy.listeners(), Listener::getName, previous);
            case ROUTE -> of(proxy.routes(), RouteConfiguration::getName, previous);
        };
    }

    private <M extends Message> ResourceSet of(List<M> messages, Function<M, String> naming, ResourceSet previous) {
        var known = made.get(messages);
        if (known == null) {
            known = previous.isMadeFrom(messages) ? previous : ResourceSet.of(messages, naming, previous);
            made.put(messages, known);
        }
        return known;
    }
}
