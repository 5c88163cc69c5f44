package dev.binnacle.insight.topology;

import dev.binnacle.insight.health.Percent;
import dev.binnacle.insight.health.Thresholds;
import dev.binnacle.insight.topology.Services.Compared;
import dev.binnacle.insight.topology.Services.Comparison;
import dev.binnacle.insight.topology.Services.Verdict;
import dev.binnacle.insight.topology.Services.Version;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Compares versions of one service by the requests that failed. */
final class Comparisons {
    /** Two shares that differ by so many standard errors differ by chance in one of twenty cases. */
    private static final double SURE = 1.96;

    private final double seconds;
    private final double enough;

    private Comparisons(Duration window, Thresholds thresholds) {
        this.seconds = window.toMillis() / 1e3;
        this.enough = thresholds.enough();
    }

    /** Returns how the versions do beside the one with most requests; empty when fewer than two have any. */
    static Optional<Comparison> of(Duration window, Thresholds thresholds, List<Version> versions) {
        var asked = versions.stream().filter(version -> rate(version) > 0).toList();
        return asked.size() < 2 ? Optional.empty() : Optional.of(new Comparisons(window, thresholds).compare(asked));
    }

    private Comparison compare(List<Version> asked) {
        // The first of those that have most: an experiment gets less, and comes later.
        var baseline = asked.stream()
                .sorted(Comparator.comparingDouble(Comparisons::rate).reversed())
                .findFirst()
                .orElseThrow();
        var others = asked.stream().filter(version -> !version.equals(baseline)).toList();
        return new Comparison(
                others.stream().map(other -> sentence(other, baseline)).collect(Collectors.joining(". ")),
                name(baseline),
                others.stream()
                        .map(other ->
                                new Compared(name(other), verdict(other, baseline), errors(other), errors(baseline)))
                        .toList());
    }

    private Verdict verdict(Version other, Version baseline) {
        double n = count(other);
        double m = count(baseline);
        if (n < enough || m < enough) {
            return Verdict.TOO_FEW;
        }
        double pooled = (errors(other) * n + errors(baseline) * m) / (n + m);
        double error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        double difference = errors(other) - errors(baseline);
        if (Math.abs(difference) <= SURE * error) {
            return Verdict.ALIKE;
        }
        return difference > 0 ? Verdict.WORSE : Verdict.BETTER;
    }

    private String sentence(Version other, Version baseline) {
        String beside = name(other) + " beside " + name(baseline);
        String numbers = Percent.of(errors(other)) + " of its requests failed against " + Percent.of(errors(baseline))
                + " (of about " + Math.round(count(other)) + " and " + Math.round(count(baseline)) + ")"
                + latency(other, baseline);
        return switch (verdict(other, baseline)) {
            case WORSE -> name(other) + " does worse than " + name(baseline) + ": " + numbers;
            case BETTER -> name(other) + " does better than " + name(baseline) + ": " + numbers;
            case ALIKE -> beside + " fails no more and no less than chance explains: " + numbers;
            case TOO_FEW ->
                beside + ": too few requests to tell, " + Math.round(enough) + " of each are needed; " + numbers;
        };
    }

    private static String latency(Version other, Version baseline) {
        OptionalDouble own = other.signals().latency().p95();
        OptionalDouble usual = baseline.signals().latency().p95();
        return own.isEmpty() || usual.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; 95 %% took up to %s against %s",
                        millis(own.getAsDouble()),
                        millis(usual.getAsDouble()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }

    private double count(Version version) {
        return rate(version) * seconds;
    }

    private static double rate(Version version) {
        return version.signals().requestsPerSecond().orElse(0);
    }

    private static double errors(Version version) {
        return version.signals().errorRate().orElse(0);
    }

    private static String name(Version version) {
        return version.version().isEmpty() ? version.workload() : version.version();
    }
}
