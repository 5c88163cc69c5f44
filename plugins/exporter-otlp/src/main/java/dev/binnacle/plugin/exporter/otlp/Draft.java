package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Staleness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What a batch has of one stream at one time. */
final class Draft {
    /** A part's value. */
    record Value(Part part, double value) {}

    private final Stream stream;
    private final Instant at;
    private final List<Value> values = new ArrayList<>(1);

    Draft(Stream stream, Instant at) {
        this.stream = stream;
        this.at = at;
    }

    void add(Part part, double value) {
        values.add(new Value(part, value));
    }

    Stream stream() {
        return stream;
    }

    Instant at() {
        return at;
    }

    int size() {
        return values.size();
    }

    List<Value> values() {
        return values;
    }

    /** Tells whether the stream has ended. One of which only some parts have ended goes on without them. */
    boolean isStale() {
        return values.stream().allMatch(each -> Staleness.isMarker(each.value()));
    }

    /** Returns the value of the part with this suffix and no bound. */
    OptionalDouble value(String suffix) {
        return values.stream()
                .filter(each -> each.part().suffix().equals(suffix))
                .mapToDouble(Value::value)
                .findFirst();
    }

    /** Returns the parts with this suffix that have not ended, the lowest bound first; all of them when the stream has. */
    List<Value> bounded(String suffix) {
        boolean all = isStale();
        return values.stream()
                .filter(each -> each.part().suffix().equals(suffix) && (all || !Staleness.isMarker(each.value())))
                .sorted(Comparator.comparingDouble(each -> each.part().bound()))
                .toList();
    }

    /** Tells whether {@code value} counts things. */
    static boolean isCount(double value) {
        return value >= 0 && value <= Long.MAX_VALUE && value == Math.rint(value);
    }
}
