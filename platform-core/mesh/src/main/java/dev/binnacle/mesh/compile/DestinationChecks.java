package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.Treatment.Copy;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.Optional;
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
            requests(service)
                    .forEach(to -> checkRequests(
                            new Lead(service, to, "its requests fail with " + status(service)), problems));
            copies(service).forEach(to -> checkRequests(new Lead(service, to, "its copies are lost"), problems));
            connections(service).forEach(to -> check(new Lead(service, to, "its connections are closed"), problems));
        }
    }

    private static String status(VirtualService service) {
        return service.gatewayApi() ? "500" : "503";
    }

    /** What has no host was reported where it was found. */
    private static Stream<Destination> requests(VirtualService service) {
        return service.http().stream()
                .flatMap(rule -> rule.destinations().stream())
                .filter(destination -> !destination.host().isEmpty());
    }

    private static Stream<Destination> copies(VirtualService service) {
        return service.http().stream()
                .flatMap(rule -> rule.treatment().mirroring().all().stream())
                .map(Copy::destination);
    }

    private static Stream<Destination> connections(VirtualService service) {
        return Stream.concat(service.tcp().stream(), service.tls().stream())
                .flatMap(rule -> rule.destinations().stream());
    }

    /**
     * Where a rule of {@code owner} leads.
     *
     * @param otherwise what happens when that is nowhere
     */
    private record Lead(VirtualService owner, Destination destination, String otherwise) {
        String namespace() {
            return owner.ref().namespace();
        }

        String host() {
            return Hosts.resolve(destination.host(), namespace());
        }
    }

    private void checkRequests(Lead lead, Problems problems) {
        check(lead, problems).ifPresent(service -> checkSilentPort(lead, service, problems));
    }

    /** Returns the Service that it leads to. */
    private Optional<MeshHost> check(Lead lead, Problems problems) {
        var destination = lead.destination();
        var service = destinations.service(lead.owner(), destination);
        if (service.isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_HOST,
                    destination.hostPlace(),
                    "no Service or ServiceEntry has the host " + lead.host() + "; " + lead.otherwise(),
                    Suggestions.host(registry, destination.host(), lead.namespace())
                            .orElse("Correct the host, or define it by a Service or a ServiceEntry"));
        }
        service.ifPresent(found -> {
            checkSubset(lead, found, problems);
            checkPort(lead, found, problems);
        });
        return service;
    }

    private void checkSubset(Lead lead, MeshHost service, Problems problems) {
        String subset = lead.destination().subset();
        if (subset.isEmpty() || rules.hasSubset(lead.namespace(), service, subset)) {
            return;
        }
        var rule = rules.of(lead.namespace(), service);
        String known = rule.map(DestinationChecks::subsets).orElse("");
        problems.add(
                DiagnosticCode.UNKNOWN_SUBSET,
                lead.destination().subsetPlace(),
                rule.map(r -> r.ref() + " (" + r.origin() + ") has no subset " + subset)
                                .orElse("no DestinationRule defines subsets of " + service.host())
                        + "; " + lead.otherwise(),
                known.isEmpty() ? "Define the subset in a DestinationRule" : "Known subsets are " + known);
    }

    private static String subsets(DestinationRule rule) {
        return rule.subsets().stream().map(s -> s.name().text()).collect(Collectors.joining(", "));
    }

    private static void checkPort(Lead lead, MeshHost service, Problems problems) {
        lead.destination()
                .port()
                .filter(port -> service.port(port).isEmpty())
                .ifPresent(port -> problems.add(
                        DiagnosticCode.UNKNOWN_PORT,
                        lead.destination().place(),
                        service.ref() + " has no port " + port + "; " + lead.otherwise(),
                        "Its ports are " + ports(service)));
    }

    private static String ports(MeshHost service) {
        return service.ports().stream().map(p -> String.valueOf(p.number())).collect(Collectors.joining(", "));
    }

    private void checkSilentPort(Lead lead, MeshHost service, Problems problems) {
        if (lead.destination().port().isPresent()) {
            return;
        }
        if (lead.owner().isForMesh()) {
            checkCalledPorts(lead, service, problems);
        } else if (service.ports().size() > 1) {
            problems.add(
                    DiagnosticCode.UNKNOWN_PORT,
                    lead.destination().place(),
                    service.ref() + " has several ports, and a gateway cannot tell which is meant",
                    "Add port.number, one of " + ports(service));
        }
    }

    /** In the mesh a destination without a port means the port that was called, even where its Service has but one. */
    private void checkCalledPorts(Lead lead, MeshHost service, Problems problems) {
        var missing = lead.owner().hosts().stream()
                .map(host -> Hosts.resolve(host.text(), lead.namespace()))
                .flatMap(host -> registry.covered(host))
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
                    lead.destination().place(),
                    "the destination names no port, which means the port that was called, and " + service.ref()
                            + " has no port " + missing.getFirst() + ": such requests fail with 503",
                    "Add port.number, or a condition on the port");
        }
    }
}
