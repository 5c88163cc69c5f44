package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.schema.Section;
import java.util.Optional;

/**
 * What a resource of Gateway API says of another one.
 *
 * @param group empty for Kubernetes' own kinds
 * @param namespace empty for that of the resource itself
 */
public record Reference(String group, String kind, Optional<String> namespace, String name, Place place) {
    /** Reads the reference in {@code section}, which says group and kind only where they are not those given. */
    static Reference read(Section section, String group, String kind) {
        return new Reference(
                section.text("group").orElse(group),
                section.text("kind").orElse(kind),
                section.text("namespace"),
                section.text("name").orElse(""),
                section.place());
    }

    /** Tells whether it is to a resource of this kind. */
    public boolean isTo(String otherGroup, String otherKind) {
        return group.equals(otherGroup) && kind.equals(otherKind);
    }

    /** Returns the namespace that it leads to from a resource in {@code own}. */
    public String namespaceFrom(String own) {
        return namespace.orElse(own);
    }

    /** Returns the kind with its group. */
    public String title() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
