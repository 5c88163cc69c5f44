package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.topology.Topology.Latency;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Buckets of several series, added up, and their quantiles by the rule of Prometheus' {@code histogram_quantile}. */
final class Histogram {
    /** Counts up to and with a bound. */
    private final TreeMap<Double, Double> upTo = new TreeMap<>();

    /** Adds a row of {@link Question#BUCKETS}; one without a bound says nothing. */
    void add(Row row) {
        String bound = row.label(IstioLabels.BUCKET);
        try {
            add(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), row.value());
        } catch (NumberFormatException e) {
            // No bucket: whoever writes such a series does not mean Istio's metric.
        }
    }

    void add(Histogram other) {
        other.upTo.forEach(this::add);
    }

    private void add(double bound, double count) {
        upTo.merge(bound, count, Double::sum);
    }

    Latency latency() {
        return new Latency(quantile(0.5), quantile(0.95), quantile(0.99));
    }

    /** Returns the value that this share keeps; empty without requests, or without the bucket that counts all. */
    OptionalDouble quantile(double share) {
        var all = upTo.get(Double.POSITIVE_INFINITY);
        if (all == null || !(all > 0)) {
            return OptionalDouble.empty();
        }
        double rank = share * all;
        double below = 0;
        double start = 0;
        for (Map.Entry<Double, Double> bucket : upTo.entrySet()) {
            // Buckets of several scrapes may not rise everywhere; what is counted once stays counted.
            double count = Math.max(below, bucket.getValue());
            if (count >= rank) {
                return within(bucket.getKey(), start, (rank - below) / (count - below));
            }
            below = count;
            start = bucket.getKey();
        }
        return OptionalDouble.empty();
    }

    /** Nobody knows how far the last bucket goes: its lower bound is what is sure. */
    private OptionalDouble within(double end, double start, double part) {
        if (Double.isInfinite(end)) {
            return upTo.size() > 1 ? OptionalDouble.of(start) : OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.isNaN(part) ? start : start + (end - start) * part);
    }
}
