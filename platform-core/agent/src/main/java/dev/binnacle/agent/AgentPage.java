package dev.binnacle.agent;

import dev.binnacle.pipeline.DropReason;
import dev.binnacle.pipeline.LaneStats;
import dev.binnacle.prometheus.exposition.TextWriter;
import dev.binnacle.prometheus.exposition.Timestamps;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The agent's own metrics, under the names that the platform gives them. */
final class AgentPage {
    private static final int PAGE = 4096;

    private final List<Outlet> outlets;
    private final List<AgentMeters> meters;

    AgentPage(List<Outlet> outlets, List<AgentMeters> meters) {
        this.outlets = outlets;
        this.meters = meters;
    }

    String text(Instant at) {
        var samples = new ArrayList<Sample>();
        outlets.forEach(outlet -> addAccount(outlet, at, samples));
        meters.forEach(own -> own.samples(at).forEach(samples::add));
        addProcess(at, samples);
        var text = new StringBuilder();
        try {
            new TextWriter(Timestamps.OMITTED).write(samples, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void addAccount(Outlet outlet, Instant at, List<Sample> samples) {
        var labels = Labels.of("exporter", outlet.name());
        var stats = outlet.stats();
        count("received_samples", "Samples that came", stats, LaneStats::received, labels, at, samples);
        count("exported_samples", "Samples that the receiver took", stats, LaneStats::exported, labels, at, samples);
        count("export_failures", "Requests that failed", stats, LaneStats::failures, labels, at, samples);
        count(
                "buffer_failures",
                "How often the disk did not do what it was asked for",
                stats,
                LaneStats::bufferFailures,
                labels,
                at,
                samples);
        for (var reason : DropReason.values()) {
            count(
                    "dropped_samples",
                    "Samples that did not get through",
                    stats,
                    all -> all.dropped().getOrDefault(reason, 0L),
                    labels.with("reason", reason.label()),
                    at,
                    samples);
        }
        gauge("binnacle_pipeline_queued_samples", "Samples that wait", stats.queued(), labels, at, samples);
        gauge("binnacle_pipeline_buffer_bytes", "What they take on disk", stats.bufferBytes(), labels, at, samples);
    }

    private static void addProcess(Instant at, List<Sample> samples) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        long cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(0L);
        samples.add(MetricFamily.counter("process_cpu_seconds_total", "seconds", "Processor time")
                .sample(Labels.EMPTY, cpu / 1e3, at));
        gauge("process_resident_memory_bytes", "Memory that is there", resident(), Labels.EMPTY, at, samples);
        gauge("process_start_time_seconds", "When it began", runtime.getStartTime() / 1e3, Labels.EMPTY, at, samples);
    }

    private static double resident() {
        try {
            return Double.parseDouble(
                            Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1])
                    * PAGE;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static void count(
            String name,
            String help,
            LaneStats stats,
            ToDoubleFunction<LaneStats> value,
            Labels labels,
            Instant at,
            List<Sample> samples) {
        samples.add(MetricFamily.counter("binnacle_pipeline_" + name + "_total", "", help)
                .sample(labels, value.applyAsDouble(stats), at));
    }

    private static void gauge(String name, String help, double value, Labels labels, Instant at, List<Sample> samples) {
        samples.add(MetricFamily.gauge(name, "", help).sample(labels, value, at));
    }
}
