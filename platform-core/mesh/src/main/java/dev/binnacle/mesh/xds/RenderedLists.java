package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Discovery;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteTable;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lists of one rendering. What the intermediate form has once is looked at once, however many proxies share it; and
 * what equals a list of an earlier rendering is that list.
 */
final class RenderedLists {
    /** One certain list: it equals no other, so nobody looks into it. */
    private record Same(List<?> list) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Same same && list == same.list;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(list);
        }
    }

    private record ListenersKey(ListenerRenderer renderer, Same listeners) {}

    private record ClustersKey(Same outbound, List<Cluster> inbound) {}

    private static final Comparator<io.envoyproxy.envoy.config.cluster.v3.Cluster> BY_NAME =
            Comparator.comparing(io.envoyproxy.envoy.config.cluster.v3.Cluster::getName);

    private static final Kept<List<io.envoyproxy.envoy.config.listener.v3.Listener>> LISTENERS = new Kept<>();
    private static final Kept<List<TypedExtensionConfig>> FILTERS = new Kept<>();
    private static final Kept<List<RouteConfiguration>> ROUTES = new Kept<>();
    private static final Kept<List<io.envoyproxy.envoy.config.cluster.v3.Cluster>> OUTBOUND = new Kept<>();
    private static final Kept<List<io.envoyproxy.envoy.config.cluster.v3.Cluster>> CLUSTERS = new Kept<>();
    private static final Kept<List<ClusterLoadAssignment>> ENDPOINTS = new Kept<>();

    private final Map<List<RouteTable>, List<RouteConfiguration>> routes = new IdentityHashMap<>();
    private final Map<List<Cluster>, List<io.envoyproxy.envoy.config.cluster.v3.Cluster>> outbound =
            new IdentityHashMap<>();
    private final Map<List<Cluster>, List<ClusterLoadAssignment>> endpoints = new IdentityHashMap<>();

    List<io.envoyproxy.envoy.config.listener.v3.Listener> listeners(ProxyIr proxy, ListenerRenderer renderer) {
        return LISTENERS.get(
                new ListenersKey(renderer, new Same(proxy.listeners())),
                () -> each(proxy.listeners(), renderer::render));
    }

    List<TypedExtensionConfig> filters(ProxyIr proxy, ListenerRenderer renderer) {
        return FILTERS.get(
                new ListenersKey(renderer, new Same(proxy.listeners())),
                () -> List.copyOf(renderer.filters(proxy.listeners())));
    }

    List<RouteConfiguration> routes(ProxyIr proxy) {
        return routes.computeIfAbsent(
                proxy.routeTables(), tables -> ROUTES.get(tables, () -> each(tables, RouteRenderer::render)));
    }

    List<io.envoyproxy.envoy.config.cluster.v3.Cluster> clusters(ProxyIr proxy) {
        var shared = outbound.computeIfAbsent(proxy.outbound(), RenderedLists::outbound);
        return CLUSTERS.get(
                new ClustersKey(new Same(shared), proxy.inbound()),
                () -> ProxyIr.merged(shared, each(proxy.inbound(), ClusterRenderer::render), BY_NAME));
    }

    List<ClusterLoadAssignment> endpoints(ProxyIr proxy) {
        return endpoints.computeIfAbsent(
                proxy.outbound(), clusters -> ENDPOINTS.get(clusters, () -> endpoints(clusters)));
    }

    private static List<io.envoyproxy.envoy.config.cluster.v3.Cluster> outbound(List<Cluster> clusters) {
        var told = each(clusters, RenderedLists::told);
        return OUTBOUND.get(told, () -> each(told, ClusterRenderer::render));
    }

    /** Endpoints that are told apart are no part of the cluster. */
    private static Cluster told(Cluster cluster) {
        return cluster instanceof Outbound outbound && isTold(outbound) ? outbound.withoutEndpoints() : cluster;
    }

    private static boolean isTold(Outbound cluster) {
        return cluster.discovery() == Discovery.EDS;
    }

    private static List<ClusterLoadAssignment> endpoints(List<Cluster> clusters) {
        var result = new ArrayList<ClusterLoadAssignment>(clusters.size());
        for (var cluster : clusters) {
            if (cluster instanceof Outbound outbound && isTold(outbound)) {
                result.add(EndpointRenderer.render(outbound));
            }
        }
        return List.copyOf(result);
    }

    /** Returns a list that {@link List#copyOf} leaves as it is. */
    private static <A, B> List<B> each(List<A> all, Function<A, B> render) {
        var result = new ArrayList<B>(all.size());
        all.forEach(one -> result.add(render.apply(one)));
        return List.copyOf(result);
    }
}
