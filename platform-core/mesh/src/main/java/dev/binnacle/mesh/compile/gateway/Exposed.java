package dev.binnacle.mesh.compile.gateway;

import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.istio.gateway.Gateway.Server;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;

/**
 * A server of a Gateway at the port of a pod.
 *
 * @param port the pod's
 */
record Exposed(Gateway gateway, Server server, int port) {
    /** Returns the hosts, each with its namespace unless it is for all. */
    List<String> hosts() {
        String own = gateway.ref().namespace() + "/";
        return server.hosts().stream()
                .map(Placed::text)
                .map(host -> host.startsWith("./") ? own + host.substring(2) : host)
                .map(host -> host.startsWith("*/") ? host.substring(2) : host)
                .toList();
    }

    /** Returns the names that TLS clients ask for. */
    List<String> names() {
        return hosts().stream()
                .map(host -> host.substring(host.indexOf('/') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns Istio's name for the table of its routes. */
    String routeTable() {
        var owner = gateway.ref();
        return server.tls().isEmpty()
                ? "http." + port
                : String.join(
                        ".",
                        "https",
                        String.valueOf(server.port()),
                        server.portName(),
                        owner.name(),
                        owner.namespace());
    }

    /** Returns what people call it. */
    String title() {
        return gateway.isOfGatewayApi() ? gateway.title() : gateway.title() + " " + server.portName();
    }
}
