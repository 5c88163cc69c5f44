package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.Optional;

/** Finds the cluster that a route's destination means. */
final class Destinations {
    private final Registry registry;

    Destinations(Registry registry) {
        this.registry = registry;
    }

    /**
     * Returns the cluster's name, whether it exists or not: as in Istio, requests to one that does not get 503 (NC), and
     * those of other destinations do not.
     */
    String cluster(VirtualService owner, Destination destination, Caller caller) {
        if (destination.host().isEmpty()) {
            return Names.NOWHERE;
        }
        String host = Hosts.resolve(destination.host(), owner.ref().namespace());
        int port = destination.port().orElseGet(() -> port(owner, host, caller));
        return Names.outbound(port, destination.subset(), host);
    }

    /** Returns the cluster for connections: everywhere the only port of a Service goes without saying. */
    String ofConnections(VirtualService owner, Destination destination, Caller caller) {
        String host = Hosts.resolve(destination.host(), owner.ref().namespace());
        int port = destination.port().or(() -> onlyPort(host, caller)).orElse(caller.port());
        return Names.outbound(port, destination.subset(), host);
    }

    private Optional<Integer> onlyPort(String host, Caller caller) {
        return registry.scope(caller.pod()).reachable(host).flatMap(Destinations::onlyPort);
    }

    private static Optional<Integer> onlyPort(MeshHost host) {
        return Optional.of(host.ports())
                .filter(ports -> ports.size() == 1)
                .map(ports -> ports.getFirst().number());
    }

    /**
     * A gateway takes the only port of a Service that has but one; of several definitions it asks the one beside the rule. A
     * sidecar of Istio's never does, whatever its documentation says: there a destination without a port means the port that
     * was called.
     */
    private int port(VirtualService owner, String host, Caller caller) {
        if (caller.gateway().equals(VirtualService.MESH)) {
            return caller.port();
        }
        var scope = registry.scope(caller.pod());
        return scope.definition(host, owner.ref().namespace())
                .or(() -> scope.reachable(host))
                .flatMap(Destinations::onlyPort)
                .orElse(caller.port());
    }

    /** Returns the Service that a destination names, if the caller may see it. */
    Optional<MeshHost> service(VirtualService owner, Destination destination, Caller caller) {
        return registry.scope(caller.pod())
                .reachable(Hosts.resolve(destination.host(), owner.ref().namespace()));
    }

    /** Returns the Service that a destination names, whoever may see it. */
    Optional<MeshHost> service(VirtualService owner, Destination destination) {
        return registry.host(Hosts.resolve(destination.host(), owner.ref().namespace()));
    }
}
