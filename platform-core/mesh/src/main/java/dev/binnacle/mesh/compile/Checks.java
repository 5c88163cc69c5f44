package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.security.SecurityChecks;
import dev.binnacle.mesh.compile.telemetry.TelemetryChecks;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.registry.Registry;
import java.util.List;
import java.util.function.Consumer;

/** Everything that can be wrong between resources which are right each by itself. */
public final class Checks {
    private Checks() {}

    /** Returns what is wrong, sorted by file and line. That pods are not ready yet is nothing wrong. */
    public static List<Diagnostic> run(Registry running) {
        var registry = running.allReady();
        var problems = new Problems();
        var rules = new Rules(registry.manifests());
        List<Consumer<Problems>> steps = List.of(
                new ServiceChecks(registry)::run,
                new HostChecks(registry)::run,
                new ClashChecks(registry)::run,
                new VirtualServiceChecks(registry)::run,
                new DelegateChecks(registry)::run,
                new DestinationChecks(registry, rules)::run,
                new DestinationRuleChecks(registry)::run,
                new GatewayChecks(registry)::run,
                new SecurityChecks(registry)::run,
                found -> TelemetryChecks.run(registry.manifests(), found));
        steps.forEach(step -> step.accept(problems));
        return problems.sorted();
    }
}
