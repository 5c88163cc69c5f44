package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.plugin.collectors.prometheus.discovery.Target;
import dev.binnacle.prometheus.http.Shown;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.context.Meters.Gauge;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts scrapes, and says once of each target why it fails. */
public final class Accounts {
    private final Logger log;
    private final Counter scrapes;
    private final Counter failures;
    private final Counter dropped;
    private final Gauge targets;
    private final Map<Target, String> failing = new ConcurrentHashMap<>();

    public Accounts(Meters meters, Logger log) {
        this.log = log;
        scrapes = meters.counter("scrapes", "Scrapes of all targets");
        failures = meters.counter("failed_scrapes", "Scrapes of which nothing was taken");
        dropped = meters.counter("dropped_samples", "Samples left out: they came twice, or from the future");
        targets = meters.gauge("targets", "Targets that are scraped");
    }

    void scraped(Target target, @Nullable String failure, long left) {
        scrapes.add(1);
        dropped.add(left);
        if (failure == null) {
            failing.remove(target);
            return;
        }
        failures.add(1);
        if (!failure.equals(failing.put(target, failure))) {
            log.log(Level.WARNING, "scrape failed target={0} reason={1}", Shown.of(target.url()), failure);
        }
    }

    public void targets(int count) {
        targets.set(count);
    }

    void gone(Target target) {
        failing.remove(target);
    }
}
