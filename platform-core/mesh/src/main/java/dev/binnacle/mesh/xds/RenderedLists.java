package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Cluster.Discovery;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Credential;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.Same;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The lists of one rendering. What the intermediate form has once is looked at once, however many proxies share it and in
 * however many renderings it comes again; and what equals a list of an earlier rendering is that list.
 */
final class RenderedLists {
    private record ListenersKey(ListenerRenderer renderer, Same<List<dev.binnacle.mesh.ir.Listener>> listeners)
            implements Carried.Key<List<Listener>> {}

    private record FiltersKey(ListenerRenderer renderer, Same<List<dev.binnacle.mesh.ir.Listener>> listeners)
            implements Carried.Key<List<TypedExtensionConfig>> {}

    private record RoutesKey(Same<List<RouteTable>> tables) implements Carried.Key<List<RouteConfiguration>> {}

    private record HostKey(Same<dev.binnacle.mesh.ir.VirtualHost> host) implements Carried.Key<VirtualHost> {}

    private record AroundKey(Same<List<dev.binnacle.mesh.ir.Cluster>> outbound) implements Carried.Key<List<Cluster>> {}

    private record AllKey(Same<List<Cluster>> around, List<dev.binnacle.mesh.ir.Cluster> inbound)
            implements Carried.Key<List<Cluster>> {}

    private record ClusterKey(Same<dev.binnacle.mesh.ir.Cluster> cluster) implements Carried.Key<Cluster> {}

    private record AssignmentsKey(Same<List<dev.binnacle.mesh.ir.Cluster>> outbound)
            implements Carried.Key<List<ClusterLoadAssignment>> {}

    private record SecretsKey(List<Credential> credentials) implements Carried.Key<List<Secret>> {}

    private record AssignmentKey(Same<Outbound> cluster) implements Carried.Key<ClusterLoadAssignment> {}

    private static final Kept<List<?>> LISTS = new Kept<>();

    private final Carried rendered;

    RenderedLists(Carried rendered) {
        this.rendered = rendered;
    }

    List<Listener> listeners(ProxyIr proxy, ListenerRenderer renderer) {
        return rendered.get(
                new ListenersKey(renderer, new Same<>(proxy.listeners())),
                () -> each(proxy.listeners(), renderer::render));
    }

    List<TypedExtensionConfig> filters(ProxyIr proxy, ListenerRenderer renderer) {
        return rendered.get(
                new FiltersKey(renderer, new Same<>(proxy.listeners())),
                () -> same(renderer.filters(proxy.listeners())));
    }

    List<RouteConfiguration> routes(ProxyIr proxy) {
        return rendered.get(
                new RoutesKey(new Same<>(proxy.routeTables())), () -> same(each(proxy.routeTables(), this::table)));
    }

    private RouteConfiguration table(RouteTable table) {
        return RouteRenderer.render(
                table,
                each(
                        table.virtualHosts(),
                        host -> rendered.get(new HostKey(new Same<>(host)), () -> RouteRenderer.render(host))));
    }

    List<Cluster> clusters(ProxyIr proxy) {
        var around = rendered.get(
                new AroundKey(new Same<>(proxy.outbound())), () -> same(each(proxy.outbound(), this::cluster)));
        return rendered.get(
                new AllKey(new Same<>(around), proxy.inbound()),
                () -> same(ProxyIr.merged(
                        around,
                        each(proxy.inbound(), ClusterRenderer::render),
                        Comparator.comparing(Cluster::getName))));
    }

    List<Secret> secrets(ProxyIr proxy) {
        return proxy.credentials().isEmpty()
                ? List.of()
                : rendered.get(
                        new SecretsKey(proxy.credentials()),
                        () -> same(each(proxy.credentials(), SecretRenderer::render)));
    }

    private Cluster cluster(dev.binnacle.mesh.ir.Cluster cluster) {
        return rendered.get(new ClusterKey(new Same<>(cluster)), () -> ClusterRenderer.render(told(cluster)));
    }

    /** Endpoints that are told apart are no part of the cluster. */
    private static dev.binnacle.mesh.ir.Cluster told(dev.binnacle.mesh.ir.Cluster cluster) {
        return cluster instanceof Outbound outbound && isTold(outbound) ? outbound.withoutEndpoints() : cluster;
    }

    private static boolean isTold(Outbound cluster) {
        return cluster.discovery() == Discovery.EDS;
    }

    List<ClusterLoadAssignment> endpoints(ProxyIr proxy) {
        return rendered.get(new AssignmentsKey(new Same<>(proxy.outbound())), () -> {
            var result = new ArrayList<Outbound>();
            for (var cluster : proxy.outbound()) {
                if (cluster instanceof Outbound outbound && isTold(outbound)) {
                    result.add(outbound);
                }
            }
            return same(each(result, this::assignment));
        });
    }

    private ClusterLoadAssignment assignment(Outbound cluster) {
        return rendered.get(new AssignmentKey(new Same<>(cluster)), () -> EndpointRenderer.render(cluster));
    }

    private static <A, B> List<B> each(List<A> all, Function<A, B> render) {
        var result = new ArrayList<B>(all.size());
        all.forEach(one -> result.add(render.apply(one)));
        return List.copyOf(result);
    }

    /** Returns the list of these very elements that is in use already, else this one. */
    @SuppressWarnings("unchecked")
    private static <T> List<T> same(List<T> list) {
        return (List<T>) LISTS.get(Same.each(list), () -> List.copyOf(list));
    }
}
