package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;

/** Who was scraped, or reports: two labels that OTLP has as attributes of a resource. */
record Target(String job, String instance) {
    static Target of(Labels labels) {
        return new Target(labels.get("job").orElse(""), labels.get("instance").orElse(""));
    }
}
