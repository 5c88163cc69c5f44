package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import java.util.Map;

/** What every resource begins with: its identity, its place, and its metadata. */
public record Header(ResourceRef ref, Origin origin, Map<String, String> labels, Map<String, String> annotations) {
    /** Returns the place of the resource as a whole. */
    public Place place() {
        return new Place(ref, origin, "");
    }
}
