package dev.binnacle.mesh.ir;

import dev.binnacle.mesh.ir.access.RateLimit;
import java.util.List;
import java.util.Optional;

/** A place where a proxy accepts connections. */
public sealed interface Listener {
    /** Returns the name it has in Envoy: address and port. */
    String name();

    /** Returns the address it is bound to. */
    String address();

    /** Returns the port it is bound to. */
    int port();

    /** Returns what asked for it. */
    Origin origin();

    /**
     * Requests of the own application to one Service's HTTP port.
     *
     * @param routeTable the name of the route table that decides
     */
    record OutboundHttp(String name, String address, int port, String routeTable, Origin origin) implements Listener {}

    /** The explicit proxy port 15001: requests to any host by HTTP, also to those nobody listed.
     *
     * @param internet whether names may be looked up beyond this machine
     */
    record HttpProxy(String name, String address, int port, String routeTable, boolean internet, Origin origin)
            implements Listener {}

    /**
     * Connections of the own application to one Service's TCP port.
     *
     * @param routes where they go; connections that none of them is for are closed
     */
    record OutboundTcp(String name, String address, int port, List<TcpRoute> routes, Origin origin)
            implements Listener {}

    /**
     * What arrives for one container port.
     *
     * @param mtls what is accepted
     * @param service what metrics call the destination
     * @param limit how many requests it lets in
     * @param policy the PeerAuthentication that decided {@code mtls}
     */
    record Inbound(
            String name,
            String address,
            int port,
            Protocol protocol,
            Mtls mtls,
            ServiceName service,
            String cluster,
            Optional<RateLimit> limit,
            Origin origin,
            Origin policy)
            implements Listener {}

    /**
     * A gateway's port.
     *
     * @param alsoAt further places it is open at, {@code address:port}
     * @param chains what it does with connections, by the name that their clients ask for
     * @param limit how many requests each chain lets in
     */
    record Gateway(
            String name,
            String address,
            int port,
            List<String> alsoAt,
            List<GatewayChain> chains,
            Optional<RateLimit> limit,
            Origin origin)
            implements Listener {}
}
