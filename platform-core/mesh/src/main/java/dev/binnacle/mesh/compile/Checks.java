package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.gateway.GatewayChecks;
import dev.binnacle.mesh.compile.limit.RateLimitChecks;
import dev.binnacle.mesh.compile.security.SecurityChecks;
import dev.binnacle.mesh.compile.telemetry.TelemetryChecks;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.MeshTopology;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that can be wrong between resources which are right each by itself. */
public final class Checks {
    private record Standing() implements Carried.Key<List<Diagnostic>> {}

    private Checks() {}

    /** Returns what is wrong in a mesh, sorted by file and line. */
    public static List<Diagnostic> run(Manifests manifests, MeshTopology topology) {
        return run(Memory.of(manifests, topology, Optional.empty()));
    }

    /** Does the same. That pods are not ready yet is nothing wrong. */
    static List<Diagnostic> run(Memory memory) {
        var registry = memory.registry().allReady();
        var problems = new Problems();
        problems.addAll(memory.get(new Standing(), () -> standing(registry)));
        List<Consumer<Problems>> steps = List.of(
                new VirtualServiceChecks(registry)::run,
                new DelegateChecks(registry)::run,
                new DestinationChecks(registry, new Rules(registry.manifests()))::run,
                new GatewayChecks(registry)::run);
        steps.forEach(step -> step.accept(problems));
        problems.addAll(registry.manifests().converted().diagnostics());
        return problems.sorted();
    }

    /** What is no matter of VirtualServices stands when they change. */
    private static List<Diagnostic> standing(Registry registry) {
        var problems = new Problems();
        new ServiceChecks(registry).run(problems);
        new HostChecks(registry).run(problems);
        new ClashChecks(registry).run(problems);
        new DestinationRuleChecks(registry).run(problems);
        new OriginationChecks(registry, new Rules(registry.manifests())).run(problems);
        new SecurityChecks(registry).run(problems);
        new RateLimitChecks(registry).run(problems);
        TelemetryChecks.run(registry, problems);
        return problems.sorted();
    }
}
