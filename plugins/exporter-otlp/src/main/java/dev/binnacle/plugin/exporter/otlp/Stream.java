package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What OTLP has one point of at a time: a series, or all series of one histogram or summary. Known by identity.
 *
 * <p>Samples do not say when their counting began, so it began when the stream was seen first, or when its total fell, as the
 * specification has it for unknown start times. A batch that comes again gets the same start times.
 */
final class Stream {
    private static final String TARGET_INFO = "target_info";

    private final Target target;
    private final Scope scope;
    private final MetricFamily family;
    private final Labels labels;
    private final List<KeyValue> attributes;
    private @Nullable Instant start;
    private Instant last = Instant.MIN;
    private double lastTotal;

    /** @param labels those that are neither in the target, nor in the scope, nor tell parts apart */
    Stream(Target target, Scope scope, MetricFamily family, Labels labels) {
        this.target = target;
        this.scope = scope;
        this.family = family;
        this.labels = labels;
        this.attributes = Attributes.of(labels);
    }

    Target target() {
        return target;
    }

    Scope scope() {
        return scope;
    }

    MetricFamily family() {
        return family;
    }

    Labels labels() {
        return labels;
    }

    List<KeyValue> attributes() {
        return attributes;
    }

    /** Tells whether it says something about its target. */
    boolean isTargetInfo() {
        return family.name().equals(TARGET_INFO);
    }

    /** Returns when the counting of {@code total} began. */
    Instant start(Instant at, double total) {
        var begun = start;
        if (begun == null || at.isAfter(last) && total < lastTotal) {
            begun = at;
            start = at;
        }
        if (!at.isBefore(last)) {
            last = at;
            lastTotal = total;
        }
        return at.isBefore(begun) ? at : begun;
    }

    /** Returns when the counting began whose end is told at {@code at}; what comes later begins anew. */
    Instant end(Instant at) {
        var begun = start;
        start = null;
        return begun == null || at.isBefore(begun) ? at : begun;
    }
}
