package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.spi.model.Labels;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One alert, known by its labels; begins firing. */
final class Alert {
    private final Labels labels;
    private final Instant startsAt;
    private double value;
    private Instant sampledAt;
    private Instant seenAt;
    private @Nullable Instant resolvedAt;
    private @Nullable Instant sentAt;
    private boolean changed = true;

    /**
     * @param at when it was true
     * @param now when that was heard
     */
    Alert(Labels labels, double value, Instant at, Instant now) {
        this.labels = labels;
        this.value = value;
        this.startsAt = at;
        this.sampledAt = at;
        this.seenAt = now;
    }

    Labels labels() {
        return labels;
    }

    double value() {
        return value;
    }

    Instant startsAt() {
        return startsAt;
    }

    boolean isResolved() {
        return resolvedAt != null;
    }

    /** Tells whether what was true at {@code at} has been heard of already. */
    boolean knows(Instant at) {
        return !at.isAfter(sampledAt);
    }

    /** It goes on. */
    void seen(double newValue, Instant at, Instant now) {
        seenAt = now;
        if (!knows(at)) {
            sampledAt = at;
            value = newValue;
        }
    }

    /** It is over; no alert ends before it begins. */
    void resolve(Instant at) {
        sampledAt = at.isAfter(sampledAt) ? at : sampledAt;
        resolvedAt = at.isAfter(startsAt) ? at : startsAt;
        changed = true;
    }

    /** Tells whether nobody has reported it for so long that it is over. */
    boolean isAbsent(Timing timing, Instant now) {
        return !isResolved() && seenAt.plus(timing.absent()).isBefore(now);
    }

    /** Tells whether it was over for so long that nobody needs to hear of it. */
    boolean isForgotten(Instant now) {
        var over = resolvedAt;
        return over != null && !changed && over.plus(Timing.RETENTION).isBefore(now);
    }

    boolean needsSending(Timing timing, Instant now) {
        var last = sentAt;
        return changed || last == null || last.plus(timing.resend()).isBefore(now);
    }

    void sent(Instant now) {
        sentAt = now;
        changed = false;
    }

    /** Returns when it ended; while it goes on, when an Alertmanager that hears no more of it may take it as ended. */
    Instant endsAt(Timing timing, Instant now) {
        var over = resolvedAt;
        return over == null ? now.plus(timing.validity()) : over;
    }
}
