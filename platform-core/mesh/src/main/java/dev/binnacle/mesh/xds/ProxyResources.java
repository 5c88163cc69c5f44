package dev.binnacle.mesh.xds;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Everything one proxy is told over xDS, sorted by name, and the hosts file of its pod.
 *
 * @param filters what listeners name as the configuration of a filter instead of holding it: much that is alike is told
 *     once
 * @param secrets certificates with their keys, and authorities: for this proxy alone
 * @param hosts host name (every form a client may use) to address, sorted
 */
public record ProxyResources(
        List<Listener> listeners,
        List<TypedExtensionConfig> filters,
        List<RouteConfiguration> routes,
        List<Cluster> clusters,
        List<ClusterLoadAssignment> endpoints,
        List<Secret> secrets,
        Map<String, String> hosts) {
    public ProxyResources {
        listeners = List.copyOf(listeners);
        filters = List.copyOf(filters);
        routes = List.copyOf(routes);
        clusters = List.copyOf(clusters);
        endpoints = List.copyOf(endpoints);
        secrets = List.copyOf(secrets);
        hosts = Collections.unmodifiableMap(hosts);
    }

    /** Keeps secrets out of logs. */
    @Override
    public String toString() {
        return "ProxyResources[" + listeners.size() + " listeners, " + clusters.size() + " clusters, " + secrets.size()
                + " secrets]";
    }
}
