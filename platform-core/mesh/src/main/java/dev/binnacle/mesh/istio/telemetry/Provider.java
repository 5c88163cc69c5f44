package dev.binnacle.mesh.istio.telemetry;

import dev.binnacle.mesh.schema.Section.Placed;

/** Something that the mesh configuration names for Telemetries to use. */
public sealed interface Provider {
    /** Returns its name, and where it is given. */
    Placed name();

    /** Prometheus, which collects metrics. */
    record Prometheus(Placed name) implements Provider {}

    /** A file that sidecars write what they did to. */
    record FileLog(Placed name) implements Provider {}
}
