package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.ServiceAccount;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.stream.Collectors;

/** Services and the Deployments behind them. */
final class ServiceChecks {
    private final Registry registry;

    ServiceChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        for (var service : registry.manifests().services()) {
            registry.host(service.host()).ifPresent(host -> checkWorkloads(service, host, problems));
        }
        registry.manifests().workloads().forEach(workload -> checkAccount(workload, problems));
    }

    private void checkWorkloads(Service service, MeshHost host, Problems problems) {
        var workloads = registry.workloads(host);
        if (workloads.isEmpty()) {
            problems.add(
                    DiagnosticCode.SERVICE_WITHOUT_WORKLOAD,
                    service.selectorPlace(),
                    service.selector().isEmpty()
                            ? "the Service has no selector, so it has no pods"
                            : "no Deployment in namespace " + service.ref().namespace() + " has the labels "
                                    + service.selector(),
                    "Correct the selector, or expect 503 for every request");
        }
        for (var workload : workloads) {
            service.ports().forEach(port -> checkTarget(port, workload, problems));
        }
    }

    private static void checkTarget(Service.Port port, Workload workload, Problems problems) {
        var ports = workload.ports();
        var target = port.targetOn(ports);
        if (target.isPresent() && ports.containsValue(target.get())) {
            return;
        }
        String known = workload.container().ports().stream()
                .map(p -> p.name().equals(String.valueOf(p.number())) ? p.name() : p.name() + " (" + p.number() + ")")
                .collect(Collectors.joining(", "));
        problems.add(
                DiagnosticCode.UNKNOWN_TARGET_PORT,
                port.place(),
                "targetPort " + port.target() + " is no containerPort of Deployment " + workload.name()
                        + (known.isEmpty() ? ", which has none" : ", which has " + known),
                "Correct targetPort, or add the containerPort: the sidecar listens on those only");
    }

    private void checkAccount(Workload workload, Problems problems) {
        String name = workload.serviceAccount();
        boolean known = name.equals("default")
                || registry.manifests().serviceAccounts().stream()
                        .map(ServiceAccount::ref)
                        .anyMatch(ref ->
                                ref.name().equals(name) && ref.namespace().equals(workload.namespace()));
        if (!known) {
            problems.add(
                    DiagnosticCode.UNKNOWN_SERVICE_ACCOUNT,
                    workload.place(),
                    "the ServiceAccount " + name + " is not defined in namespace " + workload.namespace(),
                    "Define it: in a cluster the pods would not start");
        }
    }
}
