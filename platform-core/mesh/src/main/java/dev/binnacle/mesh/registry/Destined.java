package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.Treatment.Copy;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where the rules for the mesh may send the requests of pods of a namespace. */
final class Destined {
    /** Stands for every port. */
    static final int ALL = 0;

    private final String namespace;
    private final SortedMap<String, Set<Integer>> ports = new TreeMap<>();

    Destined(String namespace, List<VirtualService> virtualServices) {
        this.namespace = namespace;
        virtualServices.stream().filter(VirtualService::isForMesh).forEach(this::add);
    }

    /** Returns the ports that rules name, by host. */
    SortedMap<String, Set<Integer>> ports() {
        return ports;
    }

    private void add(VirtualService service) {
        var requests = service.http().stream().filter(this::isForUs).flatMap(Destined::destinations);
        var connections = Stream.concat(service.tcp().stream(), service.tls().stream())
                .flatMap(rule -> rule.destinations().stream());
        Stream.concat(requests, connections)
                .forEach(destination -> ports.computeIfAbsent(
                                Hosts.resolve(destination.host(), service.ref().namespace()), host -> new TreeSet<>())
                        .add(destination.port().orElse(ALL)));
    }

    private static Stream<Destination> destinations(HttpRule rule) {
        return Stream.concat(
                rule.destinations().stream(),
                rule.treatment().mirroring().written().map(Copy::destination));
    }

    private boolean isForUs(HttpRule rule) {
        var wanted = rule.matches().stream()
                .flatMap(match -> match.sourceNamespace().stream())
                .toList();
        return wanted.isEmpty() || wanted.contains(namespace);
    }
}
