package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.Treatment.Copy;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the rules of VirtualServices lead. */
final class DestinationChecks {
    private final Registry registry;
    private final Rules rules;
    private final Destinations destinations;

    DestinationChecks(Registry registry, Rules rules) {
        this.registry = registry;
        this.rules = rules;
        this.destinations = new Destinations(registry);
    }

    void run(Problems problems) {
        for (var service : registry.virtualServices()) {
            destinations(service).forEach(destination -> check(service, destination, problems));
        }
    }

    private static Stream<Destination> destinations(VirtualService service) {
        return Stream.concat(
                service.http().stream().flatMap(DestinationChecks::destinations),
                Stream.concat(service.tcp().stream(), service.tls().stream())
                        .flatMap(rule -> rule.destinations().stream()));
    }

    private static Stream<Destination> destinations(HttpRule rule) {
        return Stream.concat(
                rule.destinations().stream(),
                rule.treatment().mirroring().all().stream().map(Copy::destination));
    }

    private void check(VirtualService owner, Destination destination, Problems problems) {
        var service = destinations.service(owner, destination);
        if (service.isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_HOST,
                    destination.hostPlace(),
                    "no Service has the host "
                            + Hosts.resolve(destination.host(), owner.ref().namespace())
                            + "; its requests fail with 503",
                    Suggestions.host(registry, destination.host(), owner.ref().namespace())
                            .orElse("Correct the host or define the Service"));
            return;
        }
        checkSubset(owner, destination, service.get(), problems);
        checkPort(owner, destination, service.get(), problems);
    }

    private void checkSubset(VirtualService owner, Destination destination, MeshHost service, Problems problems) {
        String subset = destination.subset();
        if (subset.isEmpty() || rules.hasSubset(owner.ref().namespace(), service, subset)) {
            return;
        }
        var rule = rules.of(owner.ref().namespace(), service);
        String known = rule.map(DestinationChecks::subsets).orElse("");
        problems.add(
                DiagnosticCode.UNKNOWN_SUBSET,
                destination.subsetPlace(),
                rule.map(r -> r.ref() + " (" + r.origin() + ") has no subset " + subset)
                                .orElse("no DestinationRule defines subsets of " + service.host())
                        + "; its requests fail with 503",
                known.isEmpty() ? "Define the subset in a DestinationRule" : "Known subsets are " + known);
    }

    private static String subsets(DestinationRule rule) {
        return rule.subsets().stream().map(s -> s.name().text()).collect(Collectors.joining(", "));
    }

    private void checkPort(VirtualService owner, Destination destination, MeshHost service, Problems problems) {
        String ports =
                service.ports().stream().map(p -> String.valueOf(p.number())).collect(Collectors.joining(", "));
        boolean fromOutside = !owner.gateways().isEmpty() && !owner.isForMesh();
        if (destination.port().filter(port -> service.port(port).isEmpty()).isPresent()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_PORT,
                    destination.place(),
                    service.ref() + " has no port " + destination.port().get() + "; its requests fail with 503",
                    "Its ports are " + ports);
        } else if (destination.port().isEmpty() && service.ports().size() > 1 && fromOutside) {
            problems.add(
                    DiagnosticCode.UNKNOWN_PORT,
                    destination.place(),
                    service.ref() + " has several ports, and a gateway cannot tell which is meant",
                    "Add port.number, one of " + ports);
        } else if (destination.port().isEmpty() && owner.isForMesh()) {
            checkCalledPorts(owner, destination, service, problems);
        }
    }

    /** In the mesh a destination without a port means the port that was called, even where its Service has but one. */
    private void checkCalledPorts(VirtualService owner, Destination destination, MeshHost service, Problems problems) {
        var missing = owner.hosts().stream()
                .map(host -> Hosts.resolve(host.text(), owner.ref().namespace()))
                .flatMap(host -> registry.hosts().stream().filter(s -> Hosts.covers(host, s.host())))
                .flatMap(called -> called.ports().stream())
                .filter(port -> port.protocol().isHttp())
                .map(Service.Port::number)
                .filter(port -> service.port(port).isEmpty())
                .distinct()
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            problems.add(
                    DiagnosticCode.CALLED_PORT,
                    destination.place(),
                    "the destination names no port, which means the port that was called, and " + service.ref()
                            + " has no port " + missing.getFirst() + ": such requests fail with 503",
                    "Add port.number, or a condition on the port");
        }
    }
}
