package dev.binnacle.xds;

import com.google.protobuf.Message;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sets of one publication: proxies that are given the very same list share what is made of it, and so do publications.
 */
final class SharedSets {
    private final Map<XdsType, Map<List<?>, ResourceSet>> made = new EnumMap<>(XdsType.class);
    private final Map<Message, VersionedResource> resources = new IdentityHashMap<>();
    private Map<XdsType, Map<List<?>, ResourceSet>> before;

    SharedSets() {
        this(Map.of());
    }

    private SharedSets(Map<XdsType, Map<List<?>, ResourceSet>> before) {
        this.before = before;
    }

    /** Notes that the publication is complete, so that the one before it can go. */
    void complete() {
        before = Map.of();
        resources.clear();
    }

    /** Returns those of the next publication, none yet. */
    SharedSets next() {
        return new SharedSets(made);
    }

    /** Returns what {@code proxy} should have of {@code type}; {@code previous} is what it should have had before. */
    ResourceSet of(XdsType type, ProxyResources proxy, ResourceSet previous) {
        return switch (type) {
            case CLUSTER -> of(type, proxy.clusters(), Cluster::getName, previous);
            case ENDPOINT -> of(type, proxy.endpoints(), ClusterLoadAssignment::getClusterName, previous);
            case SECRET -> of(type, proxy.secrets(), Secret::getName, previous);
            case LISTENER -> of(type, proxy.listeners(), Listener::getName, previous);
            case FILTER -> of(type, proxy.filters(), TypedExtensionConfig::getName, previous);
            case ROUTE -> of(type, proxy.routes(), RouteConfiguration::getName, previous);
            case VIRTUAL_HOST -> virtualHosts(proxy.routes(), previous);
        };
    }

    private <M extends Message> ResourceSet of(
            XdsType type, List<M> messages, Function<M, String> naming, ResourceSet previous) {
        return made(type, messages, previous, set -> messages.forEach(m -> set.add(naming.apply(m), m)));
    }

    private ResourceSet virtualHosts(List<RouteConfiguration> tables, ResourceSet previous) {
        return made(
                XdsType.VIRTUAL_HOST,
                tables,
                previous,
                set -> tables.forEach(table -> RouteTables.virtualHosts(table)
                        .forEach(host -> set.add(RouteTables.nameOf(table.getName(), host), host))));
    }

    private ResourceSet made(
            XdsType type, List<?> source, ResourceSet previous, Consumer<ResourceSet.Builder> filling) {
        var sets = made.computeIfAbsent(type, t -> new IdentityHashMap<>());
        var known = sets.get(source);
        if (known == null) {
            known = before.getOrDefault(type, Map.of()).get(source);
            known = known == null ? ResourceSet.of(type, previous, resources, filling) : known;
            sets.put(source, known);
        }
        return known;
    }
}
