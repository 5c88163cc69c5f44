package dev.binnacle.kubernetes.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many changes in a row become one: it is time when nothing has changed for a while, or when something has been waiting for
 * long enough. Any thread may tell of changes.
 */
final class Debounce {
    private record Waiting(Instant first, Instant last) {}

    private final Duration quiet;
    private final Duration longest;
    private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();

    /**
     * @param quiet how long nothing must have changed
     * @param longest how long a change may wait
     */
    Debounce(Duration quiet, Duration longest) {
        this.quiet = quiet;
        this.longest = longest;
    }

    void changed(Instant now) {
        waiting.updateAndGet(known -> new Waiting(known == null ? now : known.first(), now));
    }

    /** Returns when the first of the changes was that are to be looked at now, and forgets them; empty when it is not time. */
    Optional<Instant> take(Instant now) {
        var known = waiting.get();
        boolean due = known != null
                && (!now.isBefore(known.last().plus(quiet))
                        || !now.isBefore(known.first().plus(longest)));
        if (!due) {
            return Optional.empty();
        }
        var taken = waiting.getAndSet(null);
        return Optional.ofNullable(taken).map(Waiting::first);
    }
}
