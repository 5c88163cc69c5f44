package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;
import io.opentelemetry.proto.common.v1.InstrumentationScope;

/** What measured: two labels that OTLP has in the scope. */
record Scope(String name, String version) {
    private static final Scope OWN = new Scope("dev.binnacle.exporter-otlp", "");

    /** Returns what the labels say; the exporter itself when they say nothing, as the specification wants it. */
    static Scope of(Labels labels) {
        String name = labels.get("otel_scope_name").orElse("");
        String version = labels.get("otel_scope_version").orElse("");
        return name.isEmpty() && version.isEmpty() ? OWN : new Scope(name, version);
    }

    InstrumentationScope message() {
        return InstrumentationScope.newBuilder()
                .setName(name)
                .setVersion(version)
                .build();
    }
}
