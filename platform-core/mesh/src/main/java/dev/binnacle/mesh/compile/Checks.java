package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.security.SecurityChecks;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.registry.Registry;
import java.util.List;
import java.util.function.Consumer;

/** Everything that can be wrong between resources which are right each by itself. */
final class Checks {
    private Checks() {}

    static void run(Registry registry, Problems problems) {
        var rules = new Rules(registry.manifests().destinationRules());
        List<Consumer<Problems>> steps = List.of(
                new ServiceChecks(registry)::run,
                new HostChecks(registry)::run,
                new VirtualServiceChecks(registry)::run,
                new DelegateChecks(registry)::run,
                new DestinationChecks(registry, rules)::run,
                new DestinationRuleChecks(registry)::run,
                new GatewayChecks(registry)::run,
                new SecurityChecks(registry)::run);
        steps.forEach(step -> step.accept(problems));
    }
}
