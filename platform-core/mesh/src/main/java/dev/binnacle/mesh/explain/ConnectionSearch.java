package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.schema.Subnets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the route of a connection as Envoy does: by the narrowest block of addresses first, then by the longest name. */
final class ConnectionSearch {
    private record Hit(TcpRoute route, int subnet, int name) {}

    private ConnectionSearch() {}

    /**
     * Returns the route for a client that connects to the listener's own address.
     *
     * @param authority the host it asks for, which is what TLS clients name
     */
    static Optional<TcpRoute> find(Listener.OutboundTcp listener, String authority) {
        String name = DomainSearch.withoutPort(authority.toLowerCase(Locale.ROOT));
        return listener.routes().stream()
                .map(route -> new Hit(route, subnet(route, listener.address()), name(route.names(), name)))
                .filter(hit -> hit.subnet() >= 0 && hit.name() >= 0)
                .max(Comparator.comparingInt(Hit::subnet).thenComparingInt(Hit::name))
                .map(Hit::route);
    }

    /** Returns what a gateway does with a client that asks for a host within TLS; empty when it is sent away. */
    static Optional<GatewayChain> find(Listener.Gateway gateway, String authority) {
        String asked = DomainSearch.withoutPort(authority.toLowerCase(Locale.ROOT));
        return gateway.chains().stream()
                .filter(chain -> name(chain.names(), asked) >= 0)
                .max(Comparator.comparingInt(chain -> name(chain.names(), asked)));
    }

    /** Tells whether connections to {@code address} are meant. */
    static boolean goesTo(TcpRoute route, String address) {
        return subnet(route, address) >= 0;
    }

    /** Tells whether clients are meant that name {@code asked}. */
    static boolean names(TcpRoute route, String asked) {
        return name(route.names(), asked) >= 0;
    }

    /** Returns the length of the longest block that holds the address; 0 when any will do, -1 when none does. */
    private static int subnet(TcpRoute route, String address) {
        return route.subnets().isEmpty()
                ? 0
                : route.subnets().stream()
                        .filter(subnet -> holds(subnet, address))
                        .mapToInt(ConnectionSearch::length)
                        .max()
                        .orElse(-1);
    }

    private static int length(String subnet) {
        return Integer.parseInt(subnet.substring(subnet.indexOf('/') + 1));
    }

    private static boolean holds(String subnet, String address) {
        return Subnets.canonical(address + "/" + length(subnet)).equals(Optional.of(subnet));
    }

    /** Returns the length of the longest name that fits, a whole name before any wildcard; -1 when none does. */
    private static int name(List<String> names, String asked) {
        return names.isEmpty()
                ? 0
                : names.stream()
                        .filter(name -> name.startsWith("*") ? asked.endsWith(name.substring(1)) : asked.equals(name))
                        .mapToInt(name -> name.startsWith("*") ? name.length() : 1000)
                        .max()
                        .orElse(-1);
    }
}
