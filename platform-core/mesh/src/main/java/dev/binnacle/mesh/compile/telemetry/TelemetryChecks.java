package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.istio.telemetry.Provider;
import dev.binnacle.mesh.istio.telemetry.Telemetry;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Telemetries, the providers they name, the pods they are for, and each other. */
public final class TelemetryChecks {
    private final Registry registry;
    private final Manifests manifests;
    private final MeshTelemetry mesh;
    private final Problems problems;

    private TelemetryChecks(Registry registry, Problems problems) {
        this.registry = registry;
        this.manifests = registry.manifests();
        this.mesh = manifests.meshConfig().telemetry();
        this.problems = problems;
    }

    /** Reports what is wrong. */
    public static void run(Registry registry, Problems problems) {
        var checks = new TelemetryChecks(registry, problems);
        checks.checkMesh();
        registry.manifests().telemetries().forEach(checks::check);
    }

    private void checkMesh() {
        metrics(mesh.metrics());
        logs(mesh.accessLogging());
        spans(mesh.tracing());
        var receivers = new Receivers(registry.hosts());
        for (var provider : mesh.providers()) {
            if (provider instanceof Provider.OpenTelemetry otel
                    && receivers.of(otel).isEmpty()) {
                problems.add(
                        DiagnosticCode.UNKNOWN_RECEIVER,
                        otel.service().place(),
                        "nothing or more than one thing defines "
                                + otel.service().text() + "; no spans are sent",
                        "Define it by a Service or ServiceEntry, or write namespace/host");
            }
        }
    }

    private void metrics(List<Placed> names) {
        providers(names, Provider.Prometheus.class, "collects no metrics");
    }

    private void logs(List<Placed> names) {
        providers(names, Provider.FileLog.class, "is no access log");
    }

    private void spans(List<Placed> names) {
        providers(names, Provider.OpenTelemetry.class, "takes no spans");
    }

    private void check(Telemetry telemetry) {
        telemetry.metrics().forEach(each -> metrics(each.providers()));
        telemetry.logging().forEach(each -> logs(each.providers()));
        telemetry.tracing().forEach(each -> spans(each.providers()));
        if (telemetry.target().isEveryone()) {
            checkAlone(telemetry);
        } else {
            checkTarget(telemetry);
        }
    }

    private void providers(List<Placed> names, Class<? extends Provider> wanted, String cannot) {
        for (var name : names) {
            var provider = mesh.provider(name.text());
            if (provider.isEmpty()) {
                problems.add(
                        DiagnosticCode.UNKNOWN_PROVIDER,
                        name.place(),
                        "there is no provider " + name.text() + "; nothing goes there",
                        "Known providers are " + known());
            } else if (!wanted.isInstance(provider.get())) {
                problems.add(
                        DiagnosticCode.WRONG_PROVIDER,
                        name.place(),
                        "the provider " + name.text() + " " + cannot,
                        "Name another provider");
            }
        }
    }

    private String known() {
        return mesh.providers().stream().map(p -> p.name().text()).sorted().collect(Collectors.joining(", "));
    }

    private void checkAlone(Telemetry telemetry) {
        new Applicable(manifests.telemetries())
                .ofNamespace(telemetry.ref().namespace())
                .filter(first -> !first.equals(telemetry))
                .ifPresent(first -> problems.add(
                        DiagnosticCode.TELEMETRY_CONFLICT,
                        telemetry.place(),
                        first.ref() + " (" + first.origin()
                                + ") already decides for the namespace; this one takes no effect",
                        "Write both into one"));
    }

    private void checkTarget(Telemetry telemetry) {
        boolean somebody = workloadLabels(telemetry.ref().namespace()).anyMatch(telemetry.target()::selects);
        if (!somebody) {
            problems.add(
                    DiagnosticCode.TELEMETRY_WITHOUT_WORKLOAD,
                    telemetry.target().place(),
                    "no Deployment in namespace " + telemetry.ref().namespace() + " is meant",
                    "Correct it, or put the Telemetry into the namespace of the pods");
        }
    }

    private Stream<java.util.Map<String, String>> workloadLabels(String namespace) {
        return manifests.workloads().stream()
                .filter(workload -> workload.namespace().equals(namespace))
                .map(workload -> workload.labels());
    }
}
