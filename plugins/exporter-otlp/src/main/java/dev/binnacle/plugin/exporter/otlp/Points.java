package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.plugin.exporter.otlp.Draft.Value;
import dev.binnacle.spi.model.Staleness;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Optional;

/** Makes points of drafts. A stream that has ended gets one that says "no value recorded". */
final class Points {
    private static final int ENDED = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private Points() {}

    /** Returns why there is no point for the draft; nothing when there can be. */
    static Optional<Unsendable> objection(Draft draft) {
        if (!Nanos.reach(draft.at())) {
            return Optional.of(Unsendable.OUT_OF_TIME);
        }
        if (draft.isStale()) {
            return Optional.empty();
        }
        return switch (draft.stream().family().type()) {
            case COUNTER, GAUGE, UNKNOWN -> Optional.empty();
            case HISTOGRAM -> histogramObjection(draft);
            case SUMMARY -> summaryObjection(draft);
        };
    }

    /** Adds the draft to its metric; returns how many points that makes. */
    static int add(Draft draft, Metric.Builder metric) {
        switch (draft.stream().family().type()) {
            case COUNTER -> {
                var sum = metric.getSumBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
                draft.values().forEach(each -> sum.addDataPoints(counted(draft, each.value())));
                return draft.size();
            }
            case GAUGE, UNKNOWN -> {
                draft.values().forEach(each -> metric.getGaugeBuilder().addDataPoints(number(draft, each.value())));
                return draft.size();
            }
            case HISTOGRAM ->
                metric.getHistogramBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(histogram(draft));
            case SUMMARY -> metric.getSummaryBuilder().addDataPoints(summary(draft));
        }
        return 1;
    }

    private static NumberDataPoint.Builder number(Draft draft, double value) {
        var point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(Nanos.of(draft.at()))
                .addAllAttributes(draft.stream().attributes());
        return Staleness.isMarker(value) ? point.setFlags(ENDED) : point.setAsDouble(value);
    }

    private static NumberDataPoint.Builder counted(Draft draft, double value) {
        return number(draft, value).setStartTimeUnixNano(start(draft, Staleness.isMarker(value), value));
    }

    private static long start(Draft draft, boolean ended, double total) {
        var stream = draft.stream();
        return Nanos.of(ended ? stream.end(draft.at()) : stream.start(draft.at(), total));
    }

    private static HistogramDataPoint histogram(Draft draft) {
        boolean ended = draft.isStale();
        double count = ended ? 0 : draft.value("_count").orElse(0);
        var point = HistogramDataPoint.newBuilder()
                .setStartTimeUnixNano(start(draft, ended, count))
                .setTimeUnixNano(Nanos.of(draft.at()))
                .addAllAttributes(draft.stream().attributes())
                .setCount((long) count)
                .setFlags(ended ? ENDED : 0);
        var sum = draft.value("_sum");
        if (sum.isPresent()) {
            point.setSum(ended ? 0 : sum.getAsDouble());
        }
        addBuckets(draft, ended, point);
        return point.build();
    }

    /** A stream that has ended has its sum and bounds, too: each is a series elsewhere that ends. */
    private static void addBuckets(Draft draft, boolean ended, HistogramDataPoint.Builder point) {
        long below = 0;
        for (var bucket : draft.bounded("_bucket")) {
            if (Double.isNaN(bucket.part().bound())) {
                continue;
            }
            long upTo = ended ? 0 : (long) bucket.value();
            point.addBucketCounts(upTo - below);
            below = upTo;
            if (bucket.part().bound() < Double.POSITIVE_INFINITY) {
                point.addExplicitBounds(bucket.part().bound());
            }
        }
    }

    private static SummaryDataPoint summary(Draft draft) {
        boolean ended = draft.isStale();
        double count = ended ? 0 : draft.value("_count").orElse(0);
        var point = SummaryDataPoint.newBuilder()
                .setStartTimeUnixNano(start(draft, ended, count))
                .setTimeUnixNano(Nanos.of(draft.at()))
                .addAllAttributes(draft.stream().attributes())
                .setCount((long) count)
                .setSum(ended ? 0 : draft.value("_sum").orElse(0))
                .setFlags(ended ? ENDED : 0);
        draft.bounded("")
                .forEach(each -> point.addQuantileValuesBuilder()
                        .setQuantile(each.part().bound())
                        .setValue(ended ? 0 : each.value()));
        return point.build();
    }

    private static Optional<Unsendable> histogramObjection(Draft draft) {
        var buckets = draft.bounded("_bucket");
        var count = draft.value("_count");
        if (count.isEmpty() || buckets.isEmpty()) {
            return Optional.of(Unsendable.INCOMPLETE);
        }
        if (buckets.stream().anyMatch(each -> Double.isNaN(each.part().bound()))) {
            return Optional.of(Unsendable.INCONSISTENT);
        }
        if (buckets.getLast().part().bound() != Double.POSITIVE_INFINITY) {
            return Optional.of(Unsendable.INCOMPLETE);
        }
        boolean sound = isRising(buckets) && buckets.getLast().value() == count.getAsDouble();
        return sound ? Optional.empty() : Optional.of(Unsendable.INCONSISTENT);
    }

    private static boolean isRising(List<Value> buckets) {
        double bound = Double.NaN;
        double count = 0;
        for (var bucket : buckets) {
            if (!Draft.isCount(bucket.value())
                    || bucket.value() < count
                    || bucket.part().bound() == bound) {
                return false;
            }
            bound = bucket.part().bound();
            count = bucket.value();
        }
        return true;
    }

    private static Optional<Unsendable> summaryObjection(Draft draft) {
        var count = draft.value("_count");
        if (count.isEmpty()) {
            return Optional.of(Unsendable.INCOMPLETE);
        }
        boolean bounds = draft.bounded("").stream()
                .allMatch(each -> each.part().bound() >= 0 && each.part().bound() <= 1);
        return bounds && Draft.isCount(count.getAsDouble()) ? Optional.empty() : Optional.of(Unsendable.INCONSISTENT);
    }
}
