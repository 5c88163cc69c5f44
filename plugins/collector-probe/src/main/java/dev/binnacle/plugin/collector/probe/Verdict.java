package dev.binnacle.plugin.collector.probe;

import dev.binnacle.prometheus.http.Steps;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one run of a probe finds out, while it runs. For one thread at a time. */
final class Verdict {
    private record Finding(MetricFamily family, Labels labels, double value) {}

    private final List<Finding> findings = new ArrayList<>();
    private final Steps steps = new Steps();
    private final long begun = System.nanoTime();
    private final MetricFamily phases;
    private Optional<String> failure = Optional.empty();

    /** @param protocol {@code http}, {@code tcp} or {@code grpc} */
    Verdict(String protocol) {
        this.phases = ProbeMetrics.phases(protocol);
    }

    Steps steps() {
        return steps;
    }

    void found(MetricFamily family, Labels labels, double value) {
        findings.add(new Finding(family, labels, value));
    }

    void found(MetricFamily family, double value) {
        found(family, Labels.EMPTY, value);
    }

    /** Ends it; the failure is empty when the server is well. */
    void end(Optional<String> why) {
        failure = why;
        steps.took().forEach((step, took) -> found(phases, Labels.of("phase", step.text()), took.toNanos() / 1e9));
        found(ProbeMetrics.DURATION, (System.nanoTime() - begun) / 1e9);
        found(ProbeMetrics.SUCCESS, why.isEmpty() ? 1 : 0);
    }

    Optional<String> failure() {
        return failure;
    }

    List<Sample> samples(Labels probe, Instant at) {
        var samples = new ArrayList<Sample>();
        for (var finding : findings) {
            var labels = probe.toMap();
            finding.labels.forEach(labels::put);
            samples.add(finding.family.sample(Labels.of(labels), finding.value, at));
        }
        return samples;
    }
}
