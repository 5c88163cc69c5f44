package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.StandIns;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts and the ways to them on this machine: their addresses, their ports, and what stands in for those outside. */
final class HostChecks {
    private final Registry registry;
    private final MemberCompiler members;
    private final Set<String> published;

    HostChecks(Registry registry) {
        this.registry = registry;
        this.members = new MemberCompiler(registry);
        this.published = registry.manifests().services().stream()
                .filter(service -> service.type().equals("LoadBalancer"))
                .map(Service::host)
                .collect(Collectors.toSet());
    }

    void run(Problems problems) {
        for (var host : registry.hosts()) {
            if (!host.isWildcard()) {
                checkAddress(host, problems);
                host.ports().forEach(port -> checkLow(host, port, problems));
            }
            host.ports().forEach(port -> checkReachable(host, port, problems));
        }
    }

    private void checkAddress(MeshHost host, Problems problems) {
        if (!registry.topology().hosts().containsKey(host.host())) {
            problems.add(
                    DiagnosticCode.HOST_WITHOUT_ADDRESS,
                    host.place(),
                    host.host() + " has no virtual address in this instance yet",
                    "It gets one when the instance is next started; until then call it through port 15001");
        }
    }

    /** The ports of a LoadBalancer are published elsewhere. */
    private void checkLow(MeshHost host, Service.Port port, Problems problems) {
        if (port.number() < registry.topology().lowestPort() && !published.contains(host.host())) {
            problems.add(
                    DiagnosticCode.LOW_PORT,
                    port.place(),
                    "nobody may listen on port " + port.number() + " here, so " + host.host()
                            + " is reached on it through the proxy port 15001 only",
                    "Use a port of " + registry.topology().lowestPort() + " or more to call it by name");
        }
    }

    private void checkReachable(MeshHost host, Service.Port port, Problems problems) {
        boolean known = members.matching(host, port, Map.of()).findAny().isPresent();
        if (known && members.compile(host, port, Map.of()).findAny().isEmpty()) {
            problems.add(
                    DiagnosticCode.NOTHING_STANDS_IN,
                    port.place(),
                    host.host() + " is beyond this machine, and nothing here stands in for its port " + port.number()
                            + ": its requests get 503",
                    "Name it in the annotation " + StandIns.ANNOTATION
                            + " of a Deployment, or in the setting external.hosts; external.internet=true allows to call"
                            + " the real one");
        }
    }
}
