package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;
import java.util.Optional;

/** Which resources of other namespaces may refer to what is in this one's namespace. */
public record ReferenceGrant(ResourceRef ref, Origin origin, List<From> from, List<To> to) implements Resource {
    public ReferenceGrant {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Who may. */
    public record From(String group, String kind, String namespace) {}

    /**
     * To what.
     *
     * @param name empty for all of the kind
     */
    public record To(String group, String kind, Optional<String> name) {
        boolean covers(Reference reference) {
            return reference.isTo(group, kind)
                    && name.map(reference.name()::equals).orElse(true);
        }
    }

    /** Tells whether a resource that {@code who} describes may refer to {@code what}, which is in this one's namespace. */
    public boolean permits(From who, Reference what) {
        return from.contains(who) && to.stream().anyMatch(target -> target.covers(what));
    }
}
