package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.List;
import java.util.stream.Stream;

/** Which further resources a proxy asks for when it gets a resource. */
final class References {
    private References() {}

    /** Returns what {@code resource} makes a proxy subscribe to. */
    static List<ResourceId> of(Message resource) {
        return switch (resource) {
            case Cluster cluster -> endpoints(cluster);
            case Listener listener -> filters(listener).distinct().toList();
            case TypedExtensionConfig filter ->
                configuration(filter.getTypedConfig()).toList();
            default -> List.of();
        };
    }

    private static List<ResourceId> endpoints(Cluster cluster) {
        if (cluster.getType() != Cluster.DiscoveryType.EDS) {
            return List.of();
        }
        String service = cluster.getEdsClusterConfig().getServiceName();
        return List.of(new ResourceId(XdsType.ENDPOINT, service.isEmpty() ? cluster.getName() : service));
    }

    private static Stream<ResourceId> filters(Listener listener) {
        return Stream.concat(listener.getFilterChainsList().stream(), Stream.of(listener.getDefaultFilterChain()))
                .map(FilterChain::getFiltersList)
                .flatMap(List::stream)
                .flatMap(References::filter);
    }

    private static Stream<ResourceId> filter(Filter filter) {
        return filter.hasConfigDiscovery()
                ? Stream.of(new ResourceId(XdsType.FILTER, filter.getName()))
                : configuration(filter.getTypedConfig());
    }

    private static Stream<ResourceId> configuration(Any config) {
        if (!config.is(HttpConnectionManager.class)) {
            return Stream.of();
        }
        var manager = connectionManager(config);
        return manager.hasRds()
                ? Stream.of(new ResourceId(XdsType.ROUTE, manager.getRds().getRouteConfigName()))
                : Stream.of();
    }

    private static HttpConnectionManager connectionManager(Any config) {
        try {
            return config.unpack(HttpConnectionManager.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an HTTP connection manager: " + e.getMessage(), e);
        }
    }
}
