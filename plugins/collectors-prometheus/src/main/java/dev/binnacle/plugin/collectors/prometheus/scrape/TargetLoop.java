package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.plugin.collectors.prometheus.ScrapeOptions;
import dev.binnacle.plugin.collectors.prometheus.discovery.Target;
import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.http.WebClient;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.spi.collect.Intake;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Scrapes one target at its interval until it is told to stop.
 *
 * <p>Its thread is a virtual one, as it waits almost always; so a target that never answers costs no more than its connection. Targets
 * of one interval begin at different times, each always at the same one.
 */
public final class TargetLoop {
    private final Target target;
    private final Scrapes scrapes;
    private final WebClient client;
    private final InstantSource clock;
    private final Accounts accounts;
    private final Thread thread;
    private volatile @Nullable String forced;
    private volatile boolean stopped;
    private volatile boolean silent;

    public TargetLoop(
            Target target,
            ScrapeConfig config,
            ScrapeOptions options,
            Relabeling rules,
            Watch watch,
            InstantSource clock,
            Intake intake,
            Accounts accounts) {
        this.target = target;
        this.client = new WebClient(config.http(), options.addresses(), watch);
        this.scrapes = new Scrapes(target, config, options, rules, client, intake, accounts);
        this.clock = clock;
        this.accounts = accounts;
        this.thread = Thread.ofVirtual().name("scrape " + target.labels()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Makes every scrape fail for this reason; null for none. */
    public void force(@Nullable String reason) {
        forced = reason;
    }

    /** Ends it because the target is gone: its series end too. */
    public void stop() {
        stopped = true;
        thread.interrupt();
    }

    /** Ends it because nothing is scraped any more; the series go on elsewhere, or whoever has them sees that nothing comes. */
    public void stopSilently() {
        silent = true;
        stop();
    }

    /** Waits until it has ended. */
    public void join(Duration limit) throws InterruptedException {
        thread.join(limit);
    }

    private void run() {
        long interval = target.interval().toNanos();
        try (client) {
            long next = System.nanoTime() + offset(interval);
            while (!stopped) {
                sleepUntil(next);
                scrapes.scrape(now(), forced);
                long late = Math.max(0, System.nanoTime() - next);
                next += interval * (1 + late / interval);
            }
        } catch (InterruptedException e) {
            // It is to stop.
        }
        accounts.gone(target);
        if (!silent) {
            scrapes.end(now());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The time until the target's own moment in the interval, which follows from what it is. */
    private long offset(long interval) {
        long wall = System.currentTimeMillis() * 1_000_000;
        long own = spread(target.labels().hashCode() * 31L + target.url().hashCode()) % interval;
        return Math.floorMod(own - wall % interval, interval);
    }

    private static long spread(long hash) {
        return (hash * 0x9e3779b97f4a7c15L) >>> 1;
    }

    private static void sleepUntil(long time) throws InterruptedException {
        long left = time - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
