package dev.binnacle.mesh.istio.security;

import dev.binnacle.mesh.diagnostic.Place;
import java.util.List;

/**
 * What a rule asks of one attribute of a request or connection: one of the values, and none of the others.
 *
 * @param key which attribute
 * @param values any of these, unless there are none
 * @param notValues none of these
 * @param place where it was written
 */
public record Attribute(AttributeKey key, List<String> values, List<String> notValues, Place place) {
    public Attribute {
        values = List.copyOf(values);
        notValues = List.copyOf(notValues);
    }
}
