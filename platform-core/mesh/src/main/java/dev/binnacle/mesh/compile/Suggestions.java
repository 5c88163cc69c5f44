package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.schema.Spelling;
import java.util.Optional;

/** Guesses what was meant. */
final class Suggestions {
    private Suggestions() {}

    /** Returns advice on a host that no Service has, as written in {@code namespace}. */
    static Optional<String> host(Registry registry, String host, String namespace) {
        var elsewhere = registry.hosts().stream()
                .filter(s -> Names.aliases(s.host(), s.namespace()).contains(host))
                .findFirst();
        if (elsewhere.isPresent()) {
            return Optional.of("Write " + elsewhere.get().host()
                    + ": a name with dots must be complete, and one without is looked for in namespace " + namespace);
        }
        var names = registry.hosts().stream()
                .filter(s -> s.namespace().equals(namespace))
                .map(MeshHost::name)
                .toList();
        var hosts = registry.hosts().stream().map(MeshHost::host).toList();
        return Spelling.nearest(host, names)
                .or(() -> Spelling.nearest(host, hosts))
                .map(meant -> "Did you mean " + meant + "?");
    }
}
