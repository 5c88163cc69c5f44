package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.Gateway;
import dev.binnacle.mesh.istio.Gateway.Server;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;

/** Gateways and the workloads that serve them. */
final class GatewayChecks {
    private final Registry registry;

    GatewayChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        for (var gateway : registry.manifests().gateways()) {
            var workloads = workloads(gateway);
            if (workloads.isEmpty()) {
                problems.add(
                        DiagnosticCode.GATEWAY_WITHOUT_WORKLOAD,
                        gateway.selectorPlace(),
                        "no gateway workload has the labels " + gateway.selector(),
                        "Correct the selector; a gateway's Deployment has the pod annotation"
                                + " inject.istio.io/templates: gateway");
                continue;
            }
            gateway.servers().forEach(server -> {
                checkPort(server, workloads, problems);
                checkUse(gateway, server, problems);
            });
        }
    }

    private List<Workload> workloads(Gateway gateway) {
        return registry.manifests().workloads().stream()
                .filter(w -> w.kind() == PodKind.GATEWAY && gateway.selects(w.labels()))
                .toList();
    }

    private void checkPort(Server server, List<Workload> workloads, Problems problems) {
        boolean open = workloads.stream()
                .anyMatch(w -> Gateways.bindPort(servicesOf(w), w.ports(), server.port())
                        .isPresent());
        if (!open) {
            problems.add(
                    DiagnosticCode.GATEWAY_PORT_CLOSED,
                    server.portPlace(),
                    "neither a Service of the gateway nor its pods have port " + server.port(),
                    "Use a port of the gateway's Service, or add it there");
        }
    }

    private void checkUse(Gateway gateway, Server server, Problems problems) {
        boolean used = registry.virtualServices().stream()
                .filter(service -> Gateways.isBound(service, gateway))
                .anyMatch(service -> !Gateways.hosts(service, gateway, server).isEmpty());
        if (!used && !server.httpsRedirect()) {
            problems.add(
                    DiagnosticCode.GATEWAY_UNUSED,
                    server.place(),
                    "no VirtualService is bound to this server, so it answers 404",
                    "Bind one: gateways: [" + gateway.ref().name() + "], with a host the server accepts");
        }
    }

    private List<MeshHost> servicesOf(Workload workload) {
        return registry.hosts().stream()
                .filter(s -> s.selects(workload.namespace(), workload.labels()))
                .toList();
    }
}
