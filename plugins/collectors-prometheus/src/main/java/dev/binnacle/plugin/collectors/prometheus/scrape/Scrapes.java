package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.plugin.collectors.prometheus.ScrapeOptions;
import dev.binnacle.plugin.collectors.prometheus.discovery.Target;
import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.http.WebClient;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.prometheus.scrape.MalformedPageException;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scrapes of one target, one after the other. For one thread. */
final class Scrapes {
    private static final double NANOS = 1e9;

    private final Target target;
    private final ScrapeConfig config;
    private final ScrapeOptions options;
    private final WebClient client;
    private final Intake intake;
    private final Accounts accounts;
    private final TargetSeries series;
    private final Report report;
    private int lastSize;

    Scrapes(
            Target target,
            ScrapeConfig config,
            ScrapeOptions options,
            Relabeling rules,
            WebClient client,
            Intake intake,
            Accounts accounts) {
        this.target = target;
        this.config = config;
        this.options = options;
        this.client = client;
        this.intake = intake;
        this.accounts = accounts;
        this.series = new TargetSeries(new SeriesMutation(target.labels(), config, rules), options.mostSeries());
        this.report = new Report(target.labels());
    }

    /**
     * Scrapes, and hands over what came of it; nothing of a page that cannot be read.
     *
     * @param forced why the target may not be asked; null when it may
     */
    void scrape(Instant at, @Nullable String forced) {
        long begin = System.nanoTime();
        var samples = new ArrayList<Sample>(lastSize);
        var sink = new PageSink(config, series, at, samples);
        String failure = forced == null ? read(sink) : forced;
        if (Thread.currentThread().isInterrupted()) {
            // Broken off because it is to end: that says nothing of the target.
            return;
        }
        if (failure == null) {
            series.succeed(at, samples);
        } else {
            samples = new ArrayList<>();
            series.fail(at, samples);
        }
        double seconds = (System.nanoTime() - begin) / NANOS;
        report.add(samples, at, failure == null, seconds, sink.read(), sink.kept(), series.added());
        lastSize = samples.size();
        accounts.scraped(target, failure, sink.dropped());
        intake.samples(samples);
    }

    /** Says of everything that it is gone, as the target is. */
    void end(Instant at) {
        List<Sample> samples = new ArrayList<>();
        series.fail(at, samples);
        samples.addAll(report.end(at).toList());
        intake.samples(samples);
    }

    /** Returns why the page cannot be taken; null when it can. */
    private @Nullable String read(PageSink sink) {
        try (var page = Page.get(client, target, config, options)) {
            series.begin(page.format()).parse(page.body(), sink);
            return sink.isWithinLimit() ? null : "the page has more samples than sample_limit allows";
        } catch (MalformedPageException e) {
            return e.getMessage();
        } catch (IOException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }
}
