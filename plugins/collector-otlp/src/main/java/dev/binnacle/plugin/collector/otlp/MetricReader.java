package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.model.Sample;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads metrics as OTLP sends them into samples as Prometheus has them: {@code service.name} becomes {@code job}, and {@code
 * service.instance.id} becomes {@code instance}. What only grows since its last report (delta) and exponential histograms have no place there.
 */
final class MetricReader {
    private final Instant now;
    private final Rejections rejections;
    private final List<Sample> samples = new ArrayList<>();

    private MetricReader(Instant now, Rejections rejections) {
        this.now = now;
        this.rejections = rejections;
    }

    /** Returns the samples of a request; points that cannot become samples are told to {@code rejections}. */
    static List<Sample> read(ExportMetricsServiceRequest request, Instant now, Rejections rejections) {
        var reader = new MetricReader(now, rejections);
        for (var resource : request.getResourceMetricsList()) {
            var target = target(resource.getResource());
            resource.getScopeMetricsList()
                    .forEach(scope -> scope.getMetricsList().forEach(metric -> reader.add(metric, target)));
        }
        return reader.samples;
    }

    /** Returns how many data points a request has. */
    static long points(ExportMetricsServiceRequest request) {
        return request.getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .mapToLong(metric -> switch (metric.getDataCase()) {
                    case GAUGE -> metric.getGauge().getDataPointsCount();
                    case SUM -> metric.getSum().getDataPointsCount();
                    case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
                    case SUMMARY -> metric.getSummary().getDataPointsCount();
                    case EXPONENTIAL_HISTOGRAM ->
                        metric.getExponentialHistogram().getDataPointsCount();
                    case DATA_NOT_SET -> 0;
                })
                .sum();
    }

    private static Map<String, String> target(Resource resource) {
        var about = Attributes.of(resource.getAttributesList());
        var target = new TreeMap<String, String>();
        String service = about.getOrDefault("service.name", "");
        String namespace = about.getOrDefault("service.namespace", "");
        target.put("job", namespace.isEmpty() ? service : namespace + "/" + service);
        target.put("instance", about.getOrDefault("service.instance.id", ""));
        return target;
    }

    private void add(Metric metric, Map<String, String> target) {
        var points = new MetricPoints(metric, target, now, rejections);
        switch (metric.getDataCase()) {
            case GAUGE -> samples.addAll(points.gauges(metric.getGauge().getDataPointsList()));
            case SUM -> {
                var sum = metric.getSum();
                if (isCumulative(sum.getAggregationTemporality())) {
                    samples.addAll(
                            sum.getIsMonotonic()
                                    ? points.counters(sum.getDataPointsList())
                                    : points.gauges(sum.getDataPointsList()));
                } else {
                    reject(metric, sum.getDataPointsCount(), "counts since the last report; cumulative ones are taken");
                }
            }
            case HISTOGRAM -> {
                var histogram = metric.getHistogram();
                if (isCumulative(histogram.getAggregationTemporality())) {
                    samples.addAll(points.histograms(histogram.getDataPointsList()));
                } else {
                    reject(
                            metric,
                            histogram.getDataPointsCount(),
                            "counts since the last report; cumulative ones are taken");
                }
            }
            case SUMMARY -> samples.addAll(points.summaries(metric.getSummary().getDataPointsList()));
            case EXPONENTIAL_HISTOGRAM ->
                reject(
                        metric,
                        metric.getExponentialHistogram().getDataPointsCount(),
                        "is an exponential histogram; one with explicit bounds is taken");
            case DATA_NOT_SET -> {
                // Nothing was measured.
            }
        }
    }

    private void reject(Metric metric, int points, String why) {
        rejections.add(points, "metric '" + MetricPoints.excerpt(metric.getName()) + "' " + why);
    }

    private static boolean isCumulative(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    }
}
