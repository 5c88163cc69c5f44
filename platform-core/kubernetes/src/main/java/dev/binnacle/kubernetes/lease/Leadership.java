package dev.binnacle.kubernetes.lease;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica's part in the election of a leader, by the rules of Kubernetes' own components.
 *
 * <p>A lease that another holds is over when it has not changed for its duration, as measured here: clocks of other machines do
 * not matter. The one who leads leads for {@link LeaseTimes#deadline} after the beginning of its last renewal, however long the
 * API server or its own threads sleep then, so that it has stopped when the others may begin.
 *
 * <p>{@link #look} is for one thread; everything else may be asked from any.
 */
public final class Leadership {
    private final LeaseStore store;
    private final String identity;
    private final LeaseTimes times;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private @Nullable LeaseRecord seen;
    private long seenAt;
    private volatile @Nullable Long renewedAt;
    private volatile String leader = "";
    private volatile String trouble = "";

    /**
     * Takes no part yet.
     *
     * @param identity another one for every process, also of one pod
     * @param clock for what is written for people to read
     * @param nanos a clock that never jumps, {@link System#nanoTime}
     */
    public Leadership(LeaseStore store, String identity, LeaseTimes times, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.identity = identity;
        this.times = times;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Returns who this is. */
    public String identity() {
        return identity;
    }

    /** Returns who leads, as far as is known; empty when nobody does. */
    public String leader() {
        return leader;
    }

    /** Returns why the lease cannot be read or written; empty when it can. */
    public String trouble() {
        return trouble;
    }

    /** Tells whether this one leads now. To be asked before every write. */
    public boolean isLeading() {
        var begun = renewedAt;
        return begun != null && nanos.getAsLong() - begun < times.deadline().toNanos();
    }

    /** Looks at the lease, and renews or takes it where that is right. To be called again and again. */
    public void look() {
        long now = nanos.getAsLong();
        try {
            var found = store.read();
            note(found, now);
            if (mayHave(found, now)) {
                store.write(mine(found));
                renewedAt = now;
                leader = identity;
            }
            trouble = "";
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        }
    }

    /** Leads no longer, and lets another one begin at once. */
    public void resign() {
        boolean led = isLeading();
        renewedAt = null;
        if (!led) {
            return;
        }
        try {
            var found = store.read().filter(record -> record.holder().equals(identity));
            if (found.isPresent()) {
                store.write(held(found.get(), "", Duration.ofSeconds(1)));
            }
        } catch (IOException e) {
            // The others wait until the lease is over.
            trouble = String.valueOf(e.getMessage());
        }
    }

    private void note(Optional<LeaseRecord> found, long now) {
        var record = found.orElse(null);
        if (record == null || !record.equals(seen)) {
            seen = record;
            seenAt = now;
        }
        leader = found.map(LeaseRecord::holder).orElse("");
        if (!leader.equals(identity)) {
            renewedAt = null;
        }
    }

    private boolean mayHave(Optional<LeaseRecord> found, long now) {
        return found.map(record -> record.holder().isEmpty()
                        || record.holder().equals(identity)
                        || now - seenAt >= record.duration().toNanos())
                .orElse(true);
    }

    private LeaseRecord mine(Optional<LeaseRecord> found) {
        return found.map(record -> held(record, identity, times.duration()))
                .orElseGet(() -> new LeaseRecord(identity, times.duration(), clock.instant(), clock.instant(), 0, ""));
    }

    private LeaseRecord held(LeaseRecord before, String holder, Duration duration) {
        boolean same = before.holder().equals(holder);
        return new LeaseRecord(
                holder,
                duration,
                same ? before.acquired() : clock.instant(),
                clock.instant(),
                before.transitions() + (same ? 0 : 1),
                before.version());
    }
}
