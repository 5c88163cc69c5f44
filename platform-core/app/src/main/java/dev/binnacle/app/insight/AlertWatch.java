package dev.binnacle.app.insight;

import dev.binnacle.app.events.Events;
import dev.binnacle.insight.alert.Alert;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells viewers when there are other alerts than before; while nobody looks it asks nobody. */
@Startup
@Singleton
class AlertWatch {
    private static final Logger LOG = Logger.getLogger(AlertWatch.class);

    private final Alerts alerts;
    private final Events events;
    private Set<Seen> last = Set.of();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("alert-watch").daemon().factory());

    private record Seen(String fingerprint, Alert.State state) {}

    AlertWatch(Alerts alerts, Events events, InsightConfig config) {
        this.alerts = alerts;
        this.events = events;
        long pause = Math.max(1, config.keep().toMillis());
        var ignored = clock.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    private void look() {
        try {
            if (events.viewers() > 0) {
                compare(alerts.now());
            }
        } catch (RuntimeException e) {
            LOG.error("alerts not looked at", e);
        }
    }

    /** What is not known is no change. */
    private void compare(Alerts.Found found) {
        if (!found.known()) {
            return;
        }
        var now = found.alerts().stream()
                .map(alert -> new Seen(alert.fingerprint(), alert.state()))
                .collect(Collectors.toSet());
        if (!now.equals(last)) {
            last = now;
            events.publish("alerts", Map.of("firing", found.firing().size()));
        }
    }
}
