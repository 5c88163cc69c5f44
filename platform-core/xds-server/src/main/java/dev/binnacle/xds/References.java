package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.List;
import java.util.stream.Stream;

/** Which further resources a proxy asks for when it gets a resource. */
final class References {
    private References() {}

    /** Returns the names that {@code resource} makes a proxy subscribe to. */
    static List<String> of(Message resource) {
        return switch (resource) {
            case Cluster cluster -> endpoints(cluster);
            case Listener listener -> routes(listener);
            default -> List.of();
        };
    }

    private static List<String> endpoints(Cluster cluster) {
        if (cluster.getType() != Cluster.DiscoveryType.EDS) {
            return List.of();
        }
        String service = cluster.getEdsClusterConfig().getServiceName();
        return List.of(service.isEmpty() ? cluster.getName() : service);
    }

    private static List<String> routes(Listener listener) {
        return Stream.concat(listener.getFilterChainsList().stream(), Stream.of(listener.getDefaultFilterChain()))
                .map(FilterChain::getFiltersList)
                .flatMap(List::stream)
                .map(Filter::getTypedConfig)
                .filter(config -> config.is(HttpConnectionManager.class))
                .map(References::connectionManager)
                .filter(HttpConnectionManager::hasRds)
                .map(manager -> manager.getRds().getRouteConfigName())
                .distinct()
                .sorted()
                .toList();
    }

    private static HttpConnectionManager connectionManager(Any config) {
        try {
            return config.unpack(HttpConnectionManager.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an HTTP connection manager: " + e.getMessage(), e);
        }
    }
}
