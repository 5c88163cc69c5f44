package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.explain.Explanation.Policy;
import dev.binnacle.mesh.explain.Explanation.Rule;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.schema.Resource;
import java.util.Comparator;
import java.util.Optional;

/** Finds the resource around a line. */
final class Origins {
    private final Manifests manifests;

    Origins(Manifests manifests) {
        this.manifests = manifests;
    }

    Rule rule(Origin origin, String name) {
        return new Rule(origin.file(), origin.line(), name, resource(origin).orElse(null));
    }

    /** Returns the resource at {@code origin} as a policy; empty for defaults. */
    Optional<Policy> policy(Origin origin, String effect) {
        return resource(origin)
                .map(ref -> new Policy(ref.kind(), ref.namespace(), ref.name(), origin.file(), origin.line(), effect));
    }

    /** Returns the resource around a line; empty for defaults. */
    Optional<ResourceRef> resource(Origin origin) {
        return manifests.resources().stream()
                .filter(r ->
                        r.origin().file().equals(origin.file()) && r.origin().line() <= origin.line())
                .max(Comparator.comparingInt(r -> r.origin().line()))
                .map(Resource::ref);
    }
}
