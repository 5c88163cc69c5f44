package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;
import java.util.stream.Stream;

/** Which further resources a proxy asks for when it gets a resource. */
final class References {
    private References() {}

    /** Returns what {@code resource} makes a proxy subscribe to. */
    static List<ResourceId> of(Message resource) {
        return switch (resource) {
            case Cluster cluster ->
                Stream.concat(endpoints(cluster).stream(), secrets(cluster))
                        .distinct()
                        .toList();
            case Listener listener ->
                Stream.concat(filters(listener), secrets(listener)).distinct().toList();
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

    private static Stream<ResourceId> secrets(Cluster cluster) {
        return Stream.concat(
                        Stream.of(cluster.getTransportSocket()),
                        cluster.getTransportSocketMatchesList().stream().map(match -> match.getTransportSocket()))
                .flatMap(References::secrets);
    }

    private static Stream<ResourceId> secrets(Listener listener) {
        return listener.getFilterChainsList().stream().flatMap(chain -> secrets(chain.getTransportSocket()));
    }

    private static Stream<ResourceId> secrets(TransportSocket socket) {
        var config = socket.getTypedConfig();
        return Stream.concat(
                        unpacked(config, DownstreamTlsContext.class).map(DownstreamTlsContext::getCommonTlsContext),
                        unpacked(config, UpstreamTlsContext.class).map(UpstreamTlsContext::getCommonTlsContext))
                .flatMap(tls -> Stream.concat(
                        tls.getTlsCertificateSdsSecretConfigsList().stream(),
                        Stream.of(tls.getCombinedValidationContext().getValidationContextSdsSecretConfig())))
                .filter(secret -> secret.getSdsConfig().hasAds())
                .map(secret -> new ResourceId(XdsType.SECRET, secret.getName()));
    }

    private static Stream<ResourceId> filter(Filter filter) {
        return filter.hasConfigDiscovery()
                ? Stream.of(new ResourceId(XdsType.FILTER, filter.getName()))
                : configuration(filter.getTypedConfig());
    }

    private static Stream<ResourceId> configuration(Any config) {
        return unpacked(config, HttpConnectionManager.class)
                .filter(HttpConnectionManager::hasRds)
                .map(manager -> new ResourceId(XdsType.ROUTE, manager.getRds().getRouteConfigName()));
    }

    private static <M extends Message> Stream<M> unpacked(Any config, Class<M> type) {
        try {
            return config.is(type) ? Stream.of(config.unpack(type)) : Stream.of();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
