package dev.binnacle.prometheus.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What a server is asked again and again.
 *
 * @param url where the server's API is, without {@code /api/v1}
 * @param timeout how long all queries of one run may take together
 */
public record QueryConfig(URI url, Duration timeout, HttpOptions http, List<Query> queries) {
    public QueryConfig {
        queries = List.copyOf(queries);
    }
}
