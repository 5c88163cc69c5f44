package dev.binnacle.pipeline.trace;

import java.time.Duration;
import java.util.Optional;

/**
 * Which traces are wanted.
 *
 * @param service one that takes part in them
 * @param minDuration how long they took at least
 * @param failed whether something in them failed
 * @param limit the most of them
 */
public record TraceQuery(
        Optional<String> service, Optional<Duration> minDuration, Optional<Boolean> failed, int limit) {
    public TraceQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is at least 1, got " + limit);
        }
    }

    boolean matches(Trace trace) {
        return service.map(trace.services()::contains).orElse(true)
                && minDuration
                        .map(least -> trace.duration().compareTo(least) >= 0)
                        .orElse(true)
                && failed.map(wanted -> wanted == trace.errors() > 0).orElse(true);
    }
}
