package dev.binnacle.mesh.cardinality;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Traffic that one proxy counts under one label set, while nobody has changed its labels.
 *
 * @param proxy the pod, {@code name.namespace}, or whatever else tells scrape targets apart
 * @param labels by name; without {@code le}
 */
public record Flow(String proxy, Family family, Map<String, String> labels) {
    private static final String REPORTER = "reporter";

    public Flow {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Tells whether the proxy of whoever answers counts it. */
    boolean isAtServer() {
        return "destination".equals(labels.get(REPORTER));
    }
}
