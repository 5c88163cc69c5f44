package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;

/** A resource as its manifest has it. */
public interface Resource {
    /** Returns its kind, namespace and name. */
    ResourceRef ref();

    /** Returns where its document begins. */
    Origin origin();

    /** Returns the place of the resource as a whole. */
    default Place place() {
        return new Place(ref(), origin(), "");
    }
}
