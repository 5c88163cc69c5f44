package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.TcpRoute;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a proxy may send what it is given: what a route leads to with more than no weight. */
final class Reach {
    private Reach() {}

    static List<Outbound> of(ProxyIr proxy) {
        Set<String> names = Stream.concat(requests(proxy), connections(proxy)).collect(Collectors.toSet());
        return proxy.outbound().stream()
                .filter(cluster -> names.contains(cluster.name()))
                .filter(Outbound.class::isInstance)
                .map(Outbound.class::cast)
                .toList();
    }

    private static Stream<String> requests(ProxyIr proxy) {
        return proxy.routeTables().stream()
                .flatMap(table -> table.virtualHosts().stream())
                .flatMap(host -> host.routes().stream())
                .flatMap(route -> targets(route.action()));
    }

    private static Stream<String> targets(RouteAction action) {
        if (!(action instanceof RouteAction.Forward forward)) {
            return Stream.empty();
        }
        var destinations = forward.destinations();
        return Stream.concat(
                destinations.stream()
                        .filter(each -> destinations.size() == 1 || each.weight() > 0)
                        .map(RouteAction.Destination::cluster),
                forward.mirrors().stream()
                        .filter(mirror -> !mirror.share().isNone())
                        .map(RouteAction.Mirror::cluster));
    }

    private static Stream<String> connections(ProxyIr proxy) {
        return proxy.listeners().stream()
                .flatMap(Reach::routes)
                .flatMap(route -> route.targets().stream()
                        .filter(target -> route.targets().size() == 1 || target.weight() > 0))
                .map(TcpRoute.Target::cluster);
    }

    private static Stream<TcpRoute> routes(Listener listener) {
        return switch (listener) {
            case Listener.OutboundTcp tcp -> tcp.routes().stream();
            case Listener.Gateway gateway ->
                gateway.chains().stream()
                        .map(GatewayChain::content)
                        .filter(GatewayChain.Content.Bytes.class::isInstance)
                        .map(content -> ((GatewayChain.Content.Bytes) content).route());
            default -> Stream.empty();
        };
    }

    /** Returns what the endpoint's own proxy calls the service behind the port. */
    static List<Listener.Inbound> arrivals(ProxyIr server, Cluster.Endpoint endpoint) {
        return server.listeners().stream()
                .filter(Listener.Inbound.class::isInstance)
                .map(Listener.Inbound.class::cast)
                .filter(inbound -> inbound.port() == endpoint.port())
                .toList();
    }
}
