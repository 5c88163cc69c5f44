package dev.binnacle.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which exporters get whose samples, as pipelines by name. Collectors and exporters that no pipeline names are in one
 * together, so that a new plugin works without a word, and what is pushed somewhere is not offered for scraping as well.
 *
 * @param pipelines by name, for messages
 */
public record Routes(Map<String, Members> pipelines) {
    /** One pipeline with everybody in it. */
    public static final Routes ALL_TO_ALL = new Routes(Map.of());

    /**
     * The members of one pipeline.
     *
     * @param collectors ids of those who report, receivers among them
     * @param exporters ids of those who get all of it
     */
    public record Members(Set<String> collectors, Set<String> exporters) {
        public Members {
            collectors = Set.copyOf(collectors);
            exporters = Set.copyOf(exporters);
        }
    }

    public Routes {
        pipelines = new TreeMap<>(pipelines);
    }

    /** Tells whether the exporter gets what the collector reports. */
    public boolean lead(String collector, String exporter) {
        boolean named = false;
        for (var members : pipelines.values()) {
            boolean from = members.collectors().contains(collector);
            boolean to = members.exporters().contains(exporter);
            if (from && to) {
                return true;
            }
            named |= from || to;
        }
        return !named;
    }
}
