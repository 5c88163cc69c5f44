package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.spi.model.Labels;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts that fire, and those that did until lately. For one thread at a time. */
final class AlertBook {
    private final Timing timing;
    private final int most;
    private final Map<Labels, Alert> alerts = new LinkedHashMap<>();

    AlertBook(Timing timing, int most) {
        this.timing = timing;
        this.most = most;
    }

    Timing timing() {
        return timing;
    }

    int size() {
        return alerts.size();
    }

    /** It fires; false when there is no room for it. */
    boolean fires(Labels labels, double value, Instant at, Instant now) {
        var known = alerts.get(labels);
        if (known != null && (!known.isResolved() || known.knows(at))) {
            known.seen(value, at, now);
            return true;
        }
        if (known == null && alerts.size() >= most) {
            return false;
        }
        alerts.put(labels, new Alert(labels, value, at, now));
        return true;
    }

    /** It does not fire, or no more. An end that is still to come would not end it for an Alertmanager. */
    void ends(Labels labels, Instant at, Instant now) {
        var known = alerts.get(labels);
        if (known != null && !known.isResolved() && !known.knows(at)) {
            known.resolve(at.isAfter(now) ? now : at);
        }
    }

    /** Returns the alerts that have to be told now. */
    List<Alert> due(Instant now) {
        alerts.values().removeIf(alert -> alert.isForgotten(now));
        alerts.values().stream().filter(alert -> alert.isAbsent(timing, now)).forEach(alert -> alert.resolve(now));
        return alerts.values().stream()
                .filter(alert -> alert.needsSending(timing, now))
                .toList();
    }
}
