package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query whose answer is passed on.
 *
 * @param name what it is called, and what its series are called unless they keep their own names; distinct in its file
 * @param expr PromQL, for the server to understand
 * @param keepNames whether series keep the names that they have at the server
 * @param keep the labels that are kept; null for all
 * @param labels what every series gets besides, in the place of labels of these names
 */
public record Query(
        String name,
        String expr,
        boolean keepNames,
        @Nullable List<String> keep,
        Labels labels) {
    public Query {
        keep = keep == null ? null : List.copyOf(keep);
    }
}
