package dev.binnacle.mesh.cardinality;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What decides about the number of series and no manifest says.
 *
 * @param outcomes how many different combinations of response code, flags and gRPC status each edge has
 * @param values by label: how many values a tag has that a Telemetry adds
 */
public record Assumptions(int outcomes, Map<String, Integer> values) {
    /** Every request ends well. */
    public static final Assumptions NONE = new Assumptions(1, Map.of());

    public Assumptions {
        if (outcomes < 1) {
            throw new IllegalArgumentException("traffic has at least one outcome, got " + outcomes);
        }
        values = Map.copyOf(values);
    }

    OptionalInt valuesOf(String label) {
        Integer known = values.get(label);
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }
}
