package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.gateway.Gateways;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.istio.ConnectionRule;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** VirtualServices, the hosts they are about, and the gateways they are bound to. */
final class VirtualServiceChecks {
    private final Registry registry;

    VirtualServiceChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        Map<String, VirtualService> owners = new HashMap<>();
        for (var service : registry.virtualServices()) {
            if (!service.gatewayApi()) {
                service.gateways().forEach(name -> checkGateway(service, name, problems));
            }
            if (service.isForMesh()) {
                service.hosts().forEach(host -> checkMeshHost(service, host, owners, problems));
            }
        }
    }

    private void checkMeshHost(
            VirtualService service, Placed host, Map<String, VirtualService> owners, Problems problems) {
        String full = Hosts.requested(host.text(), service.ref().namespace());
        var earlier = owners.putIfAbsent(full, service);
        if (earlier != null && !earlier.equals(service)) {
            problems.add(
                    DiagnosticCode.HOST_TAKEN,
                    host.place(),
                    earlier.ref() + " (" + earlier.origin() + ") already decides about " + full
                            + "; this VirtualService takes no effect there",
                    "Put all rules for a host into one VirtualService");
        }
        var covered = registry.covered(full).toList();
        if (covered.isEmpty()) {
            reportUnknown(service, host, full, problems);
        } else {
            checkProtocols(service, host, full, covered, problems);
        }
    }

    private static void checkProtocols(
            VirtualService service, Placed host, String full, List<MeshHost> covered, Problems problems) {
        if (!service.http().isEmpty() && covered.stream().noneMatch(VirtualServiceChecks::speaksHttp)) {
            problems.add(
                    DiagnosticCode.NOT_HTTP,
                    host.place(),
                    "no port of " + full + " carries HTTP, so its http rules take no effect",
                    "Name the Service's port http, http2 or grpc if that is what it speaks");
        }
        checkConnections(service.tcp(), Protocol.TCP, "tcp", host, full, covered, problems);
        checkConnections(service.tls(), Protocol.TLS, "tls", host, full, covered, problems);
    }

    private static void checkConnections(
            List<ConnectionRule> rules,
            Protocol protocol,
            String field,
            Placed host,
            String full,
            List<MeshHost> covered,
            Problems problems) {
        boolean some = covered.stream().flatMap(s -> s.ports().stream()).anyMatch(port -> port.protocol() == protocol);
        if (!rules.isEmpty() && !some) {
            problems.add(
                    DiagnosticCode.NOT_TCP,
                    host.place(),
                    "no port of " + full + " carries " + protocol + ", so the rules under " + field
                            + " take no effect there",
                    "Name the Service's port " + field + " if that is what it carries");
        }
    }

    private void reportUnknown(VirtualService service, Placed host, String full, Problems problems) {
        problems.add(
                DiagnosticCode.HOST_WITHOUT_SERVICE,
                host.place(),
                "no Service or ServiceEntry has the host " + full + ", so no client inside of the mesh can look it up",
                Suggestions.host(registry, host.text(), service.ref().namespace())
                        .orElse("Correct the host, or bind the VirtualService to a gateway"));
    }

    private static boolean speaksHttp(MeshHost service) {
        return service.ports().stream().map(Service.Port::protocol).anyMatch(Protocol::isHttp);
    }

    private void checkGateway(VirtualService service, Placed name, Problems problems) {
        if (name.text().equals(VirtualService.MESH)) {
            return;
        }
        var gateway = gateway(service, name.text());
        if (gateway.isEmpty()) {
            List<String> known =
                    registry.manifests().gateways().stream().map(Gateways::idOf).toList();
            problems.add(
                    DiagnosticCode.UNKNOWN_GATEWAY,
                    name.place(),
                    "there is no Gateway "
                            + VirtualService.gatewayName(
                                    name.text(), service.ref().namespace()),
                    known.isEmpty() ? "Define it" : "Known Gateways are " + Spelling.listed(known));
            return;
        }
        boolean admitted = gateway.get().servers().stream()
                .anyMatch(server ->
                        !Gateways.hosts(service, gateway.get(), server).isEmpty());
        if (!admitted) {
            problems.add(
                    DiagnosticCode.HOST_NOT_ON_GATEWAY,
                    name.place(),
                    "no server of Gateway " + Gateways.idOf(gateway.get()) + " accepts the hosts "
                            + service.hosts().stream().map(Placed::text).toList(),
                    "Add the host to a server of the Gateway");
        }
    }

    private Optional<Gateway> gateway(VirtualService service, String name) {
        String id = VirtualService.gatewayName(name, service.ref().namespace());
        return registry.manifests().gateways().stream()
                .filter(g -> Gateways.idOf(g).equals(id))
                .findFirst();
    }
}
