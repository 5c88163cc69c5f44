package dev.binnacle.insight.overview;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that needs attention.
 *
 * @param title what
 * @param reason why, with numbers where there are some
 * @param node whom it is about, by its id in the topology
 * @param page where to look
 * @param since when, where that is known
 */
public record Concern(
        Severity severity, String title, String reason, Optional<String> node, Page page, Optional<Instant> since) {
    /** What hurts most comes first; of that what has lasted longest. */
    public static final Comparator<Concern> WORST_FIRST = Comparator.comparing(Concern::severity)
            .thenComparing(concern -> concern.since().orElse(Instant.MAX))
            .thenComparing(Concern::page)
            .thenComparing(Concern::title);

    /** From bad to less bad. */
    public enum Severity {
        /** Users are hurt, or will be soon. */
        FAILING,
        /** Something is wrong, and most users do not notice. */
        DEGRADED,
        /** There is no saying. */
        UNKNOWN
    }

    /** Where more is said. */
    public enum Page {
        SERVICE,
        TOPOLOGY,
        SLOS,
        CONFIGURATION,
        PLUGINS
    }
}
