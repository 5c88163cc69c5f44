package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The points of one metric as samples. A point that says "no value recorded" is none. */
final class MetricPoints {
    /** A histogram with more buckets is a mistake, and costs a series for each. */
    private static final int MAX_BUCKETS = 500;

    private static final long NANOS = 1_000_000_000;

    private final Metric metric;
    private final Map<String, String> target;
    private final Instant now;
    private final Rejections rejections;
    private final List<Sample> samples = new ArrayList<>();

    MetricPoints(Metric metric, Map<String, String> target, Instant now, Rejections rejections) {
        this.metric = metric;
        this.target = target;
        this.now = now;
        this.rejections = rejections;
    }

    List<Sample> gauges(List<NumberDataPoint> points) {
        return numbers(points, family(MetricType.GAUGE));
    }

    List<Sample> counters(List<NumberDataPoint> points) {
        return numbers(points, family(MetricType.COUNTER));
    }

    List<Sample> histograms(List<HistogramDataPoint> points) {
        var family = family(MetricType.HISTOGRAM);
        points.stream().filter(point -> isRecorded(point.getFlags())).forEach(point -> {
            if (isSound(point)) {
                add(family, point);
            } else {
                rejections.add(
                        1,
                        "metric '" + excerpt(metric.getName()) + "': a histogram has up to " + MAX_BUCKETS
                                + " rising bounds and one count more than bounds");
            }
        });
        return samples;
    }

    List<Sample> summaries(List<SummaryDataPoint> points) {
        var family = family(MetricType.SUMMARY);
        points.stream().filter(point -> isRecorded(point.getFlags())).forEach(point -> {
            var labels = labels(point.getAttributesList());
            var at = time(point.getTimeUnixNano());
            point.getQuantileValuesList()
                    .forEach(each -> add(
                            family,
                            "",
                            labels.with("quantile", Double.toString(each.getQuantile())),
                            each.getValue(),
                            at));
            add(family, "_sum", labels, point.getSum(), at);
            add(family, "_count", labels, point.getCount(), at);
        });
        return samples;
    }

    private List<Sample> numbers(List<NumberDataPoint> points, MetricFamily family) {
        points.stream()
                .filter(point -> isRecorded(point.getFlags()))
                .forEach(point -> add(
                        family, "", labels(point.getAttributesList()), value(point), time(point.getTimeUnixNano())));
        return samples;
    }

    private void add(MetricFamily family, HistogramDataPoint point) {
        var labels = labels(point.getAttributesList());
        var at = time(point.getTimeUnixNano());
        long below = 0;
        for (int i = 0; i < point.getExplicitBoundsCount(); i++) {
            below += point.getBucketCounts(i);
            add(family, "_bucket", labels.with("le", bound(point.getExplicitBounds(i))), below, at);
        }
        add(family, "_bucket", labels.with("le", "+Inf"), point.getCount(), at);
        add(family, "_count", labels, point.getCount(), at);
        if (point.hasSum()) {
            add(family, "_sum", labels, point.getSum(), at);
        }
    }

    private void add(MetricFamily family, String suffix, Labels labels, double value, Instant at) {
        samples.add(new Sample(new Series(family, suffix, labels), value, at));
    }

    private MetricFamily family(MetricType type) {
        String unit = PrometheusNames.unit(metric.getUnit());
        String name = type == MetricType.COUNTER
                ? PrometheusNames.counter(metric.getName(), unit)
                : PrometheusNames.metric(metric.getName(), unit);
        return new MetricFamily(name, type, unit, metric.getDescription());
    }

    private Labels labels(List<KeyValue> attributes) {
        return PrometheusNames.labels(attributes, target);
    }

    private static boolean isSound(HistogramDataPoint point) {
        int bounds = point.getExplicitBoundsCount();
        boolean counted = point.getBucketCountsCount() == (bounds == 0 ? point.getBucketCountsCount() : bounds + 1);
        boolean rising = true;
        for (int i = 1; i < bounds; i++) {
            rising &= point.getExplicitBounds(i - 1) < point.getExplicitBounds(i);
        }
        return bounds <= MAX_BUCKETS && counted && rising;
    }

    private static double value(NumberDataPoint point) {
        return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }

    /** A number is written as Prometheus writes it: without a fraction where there is none. */
    private static String bound(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private Instant time(long nanos) {
        return nanos <= 0 ? now : Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }

    private static boolean isRecorded(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) == 0;
    }

    static String excerpt(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
