package dev.binnacle.prometheus.scrape;

import dev.binnacle.spi.model.MetricType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The words of a TYPE line. */
enum DeclaredType {
    COUNTER(MetricType.COUNTER),
    GAUGE(MetricType.GAUGE),
    HISTOGRAM(MetricType.HISTOGRAM),
    SUMMARY(MetricType.SUMMARY),
    UNTYPED(MetricType.UNKNOWN),
    GAUGEHISTOGRAM(MetricType.GAUGE),
    INFO(MetricType.GAUGE),
    STATESET(MetricType.GAUGE),
    UNKNOWN(MetricType.UNKNOWN);

    private final MetricType type;

    DeclaredType(MetricType type) {
        this.type = type;
    }

    /** Returns the type that samples of this family have. */
    MetricType type() {
        return type;
    }

    static Optional<DeclaredType> of(String word, PageFormat format) {
        return Stream.of(values())
                .filter(type -> type.isPartOf(format)
                        && type.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private boolean isPartOf(PageFormat format) {
        return switch (this) {
            case COUNTER, GAUGE, HISTOGRAM, SUMMARY -> true;
            case UNTYPED -> format == PageFormat.TEXT;
            case GAUGEHISTOGRAM, INFO, STATESET, UNKNOWN -> format == PageFormat.OPENMETRICS;
        };
    }
}
