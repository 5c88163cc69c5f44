package dev.binnacle.mesh.istio.telemetry;

import dev.binnacle.mesh.ir.Telemetry.LogFormat;
import dev.binnacle.mesh.schema.Section.Placed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Something that the mesh configuration names for Telemetries to use. */
public sealed interface Provider {
    /** Returns its name, and where it is given. */
    Placed name();

    /** Prometheus, which collects metrics. */
    record Prometheus(Placed name) implements Provider {}

    /** A file that sidecars write what they did to. */
    record FileLog(Placed name, LogFormat format, boolean omitsEmpty) implements Provider {}

    /**
     * Somebody who takes spans by OTLP.
     *
     * @param service a host, perhaps with its namespace and a slash before it
     * @param path where it takes them by HTTP; empty for gRPC
     * @param byWorkload whether a proxy calls itself by its workload's name
     */
    record OpenTelemetry(
            Placed name,
            Placed service,
            int port,
            Optional<Integer> maxTagLength,
            Optional<String> path,
            Optional<Duration> timeout,
            Map<String, String> headers,
            boolean byWorkload)
            implements Provider {}
}
