package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.plugin.collectors.prometheus.discovery.Discoverer;
import dev.binnacle.plugin.collectors.prometheus.scrape.Accounts;
import dev.binnacle.plugin.collectors.prometheus.scrape.TargetLoop;
import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.context.Meters;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scrapes the targets of jobs as Prometheus does.
 *
 * <p>A series is one object while it is there: whoever takes its samples may keep what it made of it. What one scrape found is handed
 * over at once, with {@code up} and the other series about it, and with the ends of those series that are gone.
 */
public final class ScrapeReceiver implements Receiver {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<ScrapeConfig> configs;
    private final ScrapeOptions options;
    private final InstantSource clock;
    private final Logger log;
    private final Accounts accounts;
    private final Watch watch = new Watch("scrape");
    private final List<Job> jobs = new ArrayList<>();
    private final List<Discoverer> discoverers = new ArrayList<>();
    private final AtomicInteger targets = new AtomicInteger();

    public ScrapeReceiver(
            List<ScrapeConfig> configs, ScrapeOptions options, InstantSource clock, Meters meters, Logger log) {
        this.configs = List.copyOf(configs);
        this.options = options;
        this.clock = clock;
        this.log = log;
        this.accounts = new Accounts(meters, log);
    }

    @Override
    public synchronized void start(Intake intake) {
        for (var config : configs) {
            var rules = new Relabeling(config.metricRelabelConfigs());
            var job = new Job(
                    config,
                    target -> new TargetLoop(target, config, options, rules, watch, clock, intake, accounts),
                    log);
            var discoverer = new Discoverer(config.jobName(), log, groups -> {
                int before = job.size();
                job.update(groups);
                accounts.targets(targets.addAndGet(job.size() - before));
            });
            jobs.add(job);
            discoverers.add(discoverer);
            discoverer.start(config.discoveries(), options.addresses(), watch);
        }
    }

    @Override
    public synchronized void close() {
        discoverers.forEach(Discoverer::stop);
        jobs.forEach(Job::stop);
        watch.close();
        try {
            for (var discoverer : discoverers) {
                discoverer.join(PATIENCE);
            }
            for (var job : jobs) {
                job.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
