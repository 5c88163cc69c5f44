package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Small resources that Envoy accepts. */
final class Samples {
    static final String NODE = "sidecar~127.16.16.1~web-0.default~default.svc.cluster.local";

    private Samples() {}

    /** Two versions of a service behind one route with these weights. */
    static ProxyResources split(int v1, int v2) {
        return proxy(
                List.of(listener("in", 18080, "8080"), listener("other", 18081, "9090")),
                List.of(route("8080", Map.of("v1", v1, "v2", v2)), route("9090", Map.of("v1", 1))),
                List.of("v1", "v2"));
    }

    /** Proxy with EDS clusters and an endpoint for each. */
    static ProxyResources proxy(List<Listener> listeners, List<RouteConfiguration> routes, List<String> clusters) {
        return new ProxyResources(
                listeners,
                List.of(),
                routes,
                clusters.stream().map(Samples::cluster).toList(),
                clusters.stream().map(name -> endpoints(name, 19090)).toList(),
                Map.of());
    }

    static ProxyResources withClusters(ProxyResources proxy, List<Cluster> clusters) {
        return new ProxyResources(
                proxy.listeners(), proxy.filters(), proxy.routes(), clusters, proxy.endpoints(), proxy.hosts());
    }

    static ProxyResources withEndpoints(ProxyResources proxy, List<ClusterLoadAssignment> endpoints) {
        return new ProxyResources(
                proxy.listeners(), proxy.filters(), proxy.routes(), proxy.clusters(), endpoints, proxy.hosts());
    }

    static Cluster cluster(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(EdsClusterConfig.newBuilder().setEdsConfig(ads()))
                .build();
    }

    static ClusterLoadAssignment endpoints(String cluster, int port) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setEndpoint(Endpoint.newBuilder().setAddress(address("127.0.0.1", port)))))
                .build();
    }

    static RouteConfiguration route(String name, Map<String, Integer> weights) {
        var clusters = WeightedCluster.newBuilder();
        weights.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> clusters.addClusters(WeightedCluster.ClusterWeight.newBuilder()
                        .setName(e.getKey())
                        .setWeight(UInt32Value.of(e.getValue()))));
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("all")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setRoute(RouteAction.newBuilder().setWeightedClusters(clusters))))
                .build();
    }

    static Listener listener(String name, int port, String routes) {
        var manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRds(Rds.newBuilder().setConfigSource(ads()).setRouteConfigName(routes))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())));
        return Listener.newBuilder()
                .setName(name)
                .setAddress(address("127.0.0.1", port))
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.http_connection_manager")
                                .setTypedConfig(Any.pack(manager.build()))))
                .build();
    }

    static <T> List<T> plus(List<T> list, T more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }

    private static Address address(String host, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(host).setPortValue(port))
                .build();
    }

    private static ConfigSource ads() {
        return ConfigSource.newBuilder()
                .setResourceApiVersion(ApiVersion.V3)
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .build();
    }
}
