package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.Optional;

/** Reads shares of requests. */
final class ShareReader {
    static final Shape PERCENTAGE = Shape.named("Percent").with("value", FieldType.PERCENT);

    private ShareReader() {}

    /** Returns the share of a field with a {@code value} in percent; none is said to be 0. */
    static Optional<Share> percentage(Section section, String field) {
        return section.section(field)
                .map(percentage -> new Share((int) (percentage.decimal("value").orElse(0.0) * 10_000)));
    }

    /** Returns the share of a field that is a whole number of percent. */
    static Optional<Share> percent(Section section, String field) {
        return section.number(field).map(percent -> new Share(percent * 10_000));
    }
}
