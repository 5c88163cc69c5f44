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
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
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
                List.of(),
                Map.of());
    }

    /** Proxy that sends nothing anywhere: listeners, filters and tables that answer themselves. */
    static ProxyResources proxy(
            List<Listener> listeners, List<TypedExtensionConfig> filters, RouteConfiguration... tables) {
        return new ProxyResources(listeners, filters, List.of(tables), List.of(), List.of(), List.of(), Map.of());
    }

    static ProxyResources withClusters(ProxyResources proxy, List<Cluster> clusters) {
        return new ProxyResources(
                proxy.listeners(),
                proxy.filters(),
                proxy.routes(),
                clusters,
                proxy.endpoints(),
                proxy.secrets(),
                proxy.hosts());
    }

    static ProxyResources withEndpoints(ProxyResources proxy, List<ClusterLoadAssignment> endpoints) {
        return new ProxyResources(
                proxy.listeners(),
                proxy.filters(),
                proxy.routes(),
                proxy.clusters(),
                endpoints,
                proxy.secrets(),
                proxy.hosts());
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

    /** A route table of virtual hosts. */
    static RouteConfiguration table(String name, VirtualHost... hosts) {
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addAllVirtualHosts(List.of(hosts))
                .build();
    }

    /** A virtual host that answers its domains with {@code answer}. */
    static VirtualHost host(String name, String answer, String... domains) {
        return VirtualHost.newBuilder()
                .setName(name)
                .addAllDomains(List.of(domains))
                .addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setDirectResponse(DirectResponseAction.newBuilder()
                                .setStatus(200)
                                .setBody(DataSource.newBuilder().setInlineString(answer))))
                .build();
    }

    static Listener listener(String name, int port, String routes) {
        return listener(
                name,
                port,
                Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(manager(name, routes))
                        .build());
    }

    /** A listener that asks for its connection manager by name. */
    static Listener listenerWithFilter(String name, int port, String filter) {
        return listener(
                name,
                port,
                Filter.newBuilder()
                        .setName(filter)
                        .setConfigDiscovery(ExtensionConfigSource.newBuilder()
                                .setConfigSource(ads())
                                .addTypeUrls("type.googleapis.com/"
                                        + HttpConnectionManager.getDescriptor().getFullName()))
                        .build());
    }

    /** A connection manager that listeners name. */
    static TypedExtensionConfig filter(String name, String routes) {
        return filter(name, routes, name);
    }

    static TypedExtensionConfig filter(String name, String routes, String statPrefix) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(manager(statPrefix, routes))
                .build();
    }

    private static Listener listener(String name, int port, Filter filter) {
        return Listener.newBuilder()
                .setName(name)
                .setAddress(address("127.0.0.1", port))
                .addFilterChains(FilterChain.newBuilder().addFilters(filter))
                .build();
    }

    private static Any manager(String statPrefix, String routes) {
        return Any.pack(HttpConnectionManager.newBuilder()
                .setStatPrefix(statPrefix)
                .setRds(Rds.newBuilder().setConfigSource(ads()).setRouteConfigName(routes))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build());
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
                .setInitialFetchTimeout(com.google.protobuf.Duration.getDefaultInstance())
                .build();
    }
}
