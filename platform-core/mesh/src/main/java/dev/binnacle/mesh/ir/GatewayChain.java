package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of some of the connections to a gateway's port.
 *
 * @param names of these TLS clients ask for one (SNI), perhaps with {@code *} in the place of the first label; empty for all
 *     connections that no other chain is for
 * @param tls how TLS ends here; empty where bytes are passed on as they come
 * @param content what is in the connections
 * @param server the server that asked for it, {@code namespace/name port}
 * @param port the port of the gateway's Service that it is for
 */
public record GatewayChain(
        List<String> names, Optional<ServerTls> tls, Content content, String server, int port, Origin origin) {
    /** What is in a connection. */
    public sealed interface Content {
        /**
         * HTTP.
         *
         * @param routeTable the name of the route table that decides
         */
        record Requests(String routeTable) implements Content {}

        /** Bytes, which all go the same way. */
        record Bytes(TcpRoute route) implements Content {}
    }

    /** Returns the route table that decides, where one does. */
    public Optional<String> routeTable() {
        return content instanceof Content.Requests(String table) ? Optional.of(table) : Optional.empty();
    }
}
