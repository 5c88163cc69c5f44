package dev.binnacle.plugin.collector.otlp;

import java.util.Optional;
import java.util.stream.Stream;

/** What OTLP carries and this receiver takes. */
enum Signal {
    TRACES("/v1/traces", "opentelemetry.proto.collector.trace.v1.TraceService"),
    METRICS("/v1/metrics", "opentelemetry.proto.collector.metrics.v1.MetricsService");

    private final String path;
    private final String service;

    Signal(String path, String service) {
        this.path = path;
        this.service = service;
    }

    /** Returns where it is sent by HTTP. */
    String path() {
        return path;
    }

    /** Returns the gRPC service that takes it by its method {@code Export}. */
    String service() {
        return service;
    }

    static Optional<Signal> at(String path) {
        return Stream.of(values()).filter(signal -> signal.path.equals(path)).findFirst();
    }
}
