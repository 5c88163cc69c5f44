package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.kubernetes.Service;
import java.util.Optional;

/** Finds the cluster that a route's destination means. */
final class Destinations {
    private final Registry registry;
    private final Rules rules;

    Destinations(Registry registry, Rules rules) {
        this.registry = registry;
        this.rules = rules;
    }

    /**
     * Returns the cluster's name as a client in {@code namespace} has it. A destination that does not exist is the
     * cluster without endpoints: its requests fail, and those of other destinations do not.
     *
     * @param port the port the client called, which counts for Services with several ports
     */
    String cluster(VirtualService owner, Destination destination, int port, String namespace) {
        return service(owner, destination)
                .filter(service -> destination.subset().isEmpty()
                        || rules.of(namespace, service)
                                .flatMap(rule -> rule.subset(destination.subset()))
                                .isPresent())
                .flatMap(service -> port(service, destination, port)
                        .map(p -> Names.outbound(p.number(), destination.subset(), service.host())))
                .orElse(Names.BLACKHOLE);
    }

    /** Returns the Service that a destination names. */
    Optional<Service> service(VirtualService owner, Destination destination) {
        return registry.service(Hosts.resolve(destination.host(), owner.ref().namespace()));
    }

    /** Returns the port that a destination means: the one it names, the only one there is, or the one that was called. */
    static Optional<Service.Port> port(Service service, Destination destination, int called) {
        if (destination.port().isPresent()) {
            return service.port(destination.port().get());
        }
        return service.ports().size() == 1 ? Optional.of(service.ports().getFirst()) : service.port(called);
    }
}
