package dev.binnacle.mesh.diagnostic;

import dev.binnacle.mesh.ir.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A value's place in a resource: what a {@link Diagnostic} points at.
 *
 * @param resource the resource, when the document got far enough to have a name
 * @param origin file and line
 * @param path the field, for example {@code spec.http[0].route[1].weight}; empty for the whole resource
 */
public record Place(@Nullable ResourceRef resource, Origin origin, String path) {

    /** Returns the place of the field {@code name} of the mapping at this place. */
    public Place field(String name, int line) {
        String key = Inert.shortened(name);
        return new Place(resource, new Origin(origin.file(), line), path.isEmpty() ? key : path + "." + key);
    }

    /** Returns the place of the item with this index, counted from 0, of the list at this place. */
    public Place item(int index, int line) {
        return new Place(resource, new Origin(origin.file(), line), path + "[" + index + "]");
    }
}
