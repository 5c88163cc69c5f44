package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Origin;
import java.util.Map;

/** Metadata that names the line of the manifest which made an Envoy resource. */
final class Origins {
    /** The metadata's namespace. */
    static final String NAMESPACE = "binnacle";

    private Origins() {}

    static Map<String, String> of(Origin origin) {
        return Map.of("origin", origin.toString());
    }
}
