package dev.binnacle.mesh.compile.gateway;

import dev.binnacle.mesh.compile.credential.CredentialChecks;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.istio.gateway.Gateway.Server;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings.Mode;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Optional;

/** Gateways and the workloads that serve them. */
public final class GatewayChecks {
    private final Registry registry;
    private final CredentialChecks credentials;

    public GatewayChecks(Registry registry) {
        this.registry = registry;
        this.credentials = new CredentialChecks(registry.manifests());
    }

    public void run(Problems problems) {
        for (var gateway : registry.manifests().gateways()) {
            var workloads = workloads(gateway);
            if (workloads.isEmpty()) {
                reportNobody(gateway, problems);
                continue;
            }
            gateway.servers().forEach(server -> {
                checkPort(gateway, server, workloads, problems);
                checkUse(gateway, server, problems);
            });
        }
        registry.manifests().workloads().stream()
                .filter(workload -> workload.kind() == PodKind.GATEWAY)
                .forEach(workload -> checkServers(workload, problems));
    }

    /** A Gateway of Gateway API that has no Service was reported where that was found. */
    private static void reportNobody(Gateway gateway, Problems problems) {
        if (gateway.services().filter(List::isEmpty).isEmpty()) {
            problems.add(
                    DiagnosticCode.GATEWAY_WITHOUT_WORKLOAD,
                    gateway.selectorPlace(),
                    "no gateway workload has the labels " + gateway.selector(),
                    "Correct the selector"
                            + (gateway.isOfGatewayApi() ? " of the Service" : "")
                            + "; a gateway's Deployment has the pod annotation inject.istio.io/templates: gateway");
        }
    }

    private List<Workload> workloads(Gateway gateway) {
        return registry.manifests().workloads().stream()
                .filter(w -> w.kind() == PodKind.GATEWAY && gateway.selects(w.namespace(), w.labels()))
                .toList();
    }

    private void checkPort(Gateway gateway, Server server, List<Workload> workloads, Problems problems) {
        boolean open =
                workloads.stream().anyMatch(w -> bindPort(w, gateway, server).isPresent());
        if (!open) {
            problems.add(
                    DiagnosticCode.GATEWAY_PORT_CLOSED,
                    server.portPlace(),
                    "neither a Service of the gateway nor its pods have port " + server.port(),
                    "Use a port of the gateway's Service, or add it there");
        }
    }

    private Optional<Integer> bindPort(Workload workload, Gateway gateway, Server server) {
        return Gateways.bindPort(servicesOf(workload), workload.ports(), gateway, server.port());
    }

    private void checkUse(Gateway gateway, Server server, Problems problems) {
        boolean used = registry.virtualServices().stream()
                .filter(service -> Gateways.isBound(service, gateway))
                .anyMatch(service -> !Gateways.hosts(service, gateway, server).isEmpty());
        if (!used && !server.httpsRedirect()) {
            problems.add(
                    DiagnosticCode.GATEWAY_UNUSED,
                    server.place(),
                    (gateway.isOfGatewayApi()
                                    ? "no route is attached to this listener, so it "
                                    : "no VirtualService is bound to this server, so it ")
                            + (server.isHttp() ? "answers 404" : "closes connections"),
                    gateway.isOfGatewayApi()
                            ? "Attach one by its parentRefs, with a host the listener accepts"
                            : "Bind one: gateways: [" + gateway.ref().name() + "], with a host the server accepts");
        }
    }

    private void checkServers(Workload workload, Problems problems) {
        var servers = registry.manifests().gateways().stream()
                .filter(gateway -> gateway.selects(workload.namespace(), workload.labels()))
                .flatMap(gateway -> gateway.servers().stream()
                        .flatMap(server ->
                                bindPort(workload, gateway, server)
                                        .map(port -> new Exposed(gateway, server, port))
                                        .stream()))
                .toList();
        var shared = SharedPorts.of(servers);
        shared.conflicts()
                .forEach(conflict -> problems.add(
                        DiagnosticCode.SERVER_CONFLICT,
                        conflict.exposed().server().place(),
                        "the server takes no effect: " + conflict.why(),
                        "Give each host of a port to one server, and TLS and plain HTTP a port each"));
        shared.accepted().values().stream()
                .flatMap(List::stream)
                .forEach(exposed -> checkCredentials(exposed, workload, problems));
    }

    private void checkCredentials(Exposed exposed, Workload workload, Problems problems) {
        var tls = exposed.server().tls().filter(settings -> settings.mode() != Mode.ISTIO_MUTUAL);
        tls.stream()
                .flatMap(settings -> settings.certificates().stream())
                .forEach(name -> credentials.pair(name, workload, exposed.names(), problems));
        tls.flatMap(ServerTlsSettings::authorities)
                .ifPresent(name -> credentials.authorities(name, workload, problems));
    }

    private List<MeshHost> servicesOf(Workload workload) {
        return registry.hosts().stream()
                .filter(s -> s.selects(workload.namespace(), workload.labels()))
                .toList();
    }
}
