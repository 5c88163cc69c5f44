package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import dev.binnacle.spi.model.Staleness;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds alerts among samples. For one thread at a time. */
final class AlertWatch {
    private static final String ALERTS = "ALERTS";
    private static final String STATE = "alertstate";

    private record Watched(Condition condition, Series series) {}

    /** How often a condition held, one sample after the other. */
    private record Streak(int length, Instant last) {
        /** A sample that comes again is none more. */
        Streak with(Instant at) {
            return at.isAfter(last) ? new Streak(length + 1, at) : this;
        }
    }

    private final List<Condition> conditions;
    private final AlertBook book;
    private final int most;
    private final Map<Watched, Streak> streaks = new HashMap<>();

    /** @param most how many series at most are watched whose condition holds, and has not held for long enough */
    AlertWatch(List<Condition> conditions, AlertBook book, int most) {
        this.conditions = conditions;
        this.book = book;
        this.most = most;
    }

    AlertBook book() {
        return book;
    }

    /** Takes what the sample says; false when it is an alert for which there is no room. */
    boolean take(Sample sample, Instant now) {
        if (sample.series().name().equals(ALERTS)) {
            return takeAlert(sample, now);
        }
        boolean room = true;
        for (var condition : conditions) {
            if (condition.metric().equals(sample.series().name())) {
                room &= takeWatched(new Watched(condition, sample.series()), sample, now);
            }
        }
        return room;
    }

    /** Prometheus writes 1 while an alert fires, and ends the series when it does no more. */
    private boolean takeAlert(Sample sample, Instant now) {
        var own = sample.series().labels();
        if (!own.get(STATE).orElse("").equals("firing")) {
            return true;
        }
        var labels = own.with(STATE, "");
        if (Staleness.isMarker(sample.value()) || sample.value() == 0) {
            book.ends(labels, sample.at(), now);
            return true;
        }
        return book.fires(labels, sample.value(), sample.at(), now);
    }

    private boolean takeWatched(Watched watched, Sample sample, Instant now) {
        var labels = labels(watched);
        if (Staleness.isMarker(sample.value()) || !watched.condition().holds(sample.value())) {
            streaks.remove(watched);
            book.ends(labels, sample.at(), now);
            return true;
        }
        var before = streaks.get(watched);
        if (before == null && streaks.size() >= most) {
            return false;
        }
        var streak = before == null ? new Streak(1, sample.at()) : before.with(sample.at());
        streaks.put(watched, streak);
        return streak.length() < watched.condition().times() || book.fires(labels, sample.value(), sample.at(), now);
    }

    private static Labels labels(Watched watched) {
        var labels = watched.series().labels().toMap();
        labels.putAll(watched.condition().labels().toMap());
        return Labels.of(labels);
    }
}
