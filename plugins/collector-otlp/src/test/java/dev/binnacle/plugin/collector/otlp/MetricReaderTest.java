package dev.binnacle.plugin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.Basket;
import dev.binnacle.spi.testkit.TestContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricReaderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> LINES = List.of(
            "orders_total{channel=\"web\",instance=\"1\",job=\"demo/shop\"} 3.0",
            "queue{instance=\"1\",job=\"demo/shop\"} 7.0",
            "wait_seconds_bucket{instance=\"1\",job=\"demo/shop\",le=\"0.5\"} 1.0",
            "wait_seconds_bucket{instance=\"1\",job=\"demo/shop\",le=\"1\"} 2.0",
            "wait_seconds_bucket{instance=\"1\",job=\"demo/shop\",le=\"+Inf\"} 3.0",
            "wait_seconds_count{instance=\"1\",job=\"demo/shop\"} 3.0",
            "wait_seconds_sum{instance=\"1\",job=\"demo/shop\"} 3.0");

    @Test
    void metricsOfTheSdkBecomeSamplesOverGrpcAndHttp() throws Exception {
        var factory = new OtlpReceiverFactory();
        try (var context = TestContext.of(factory, Map.of("grpc-port", "0", "http-port", "0"));
                var receiver = (OtlpReceiver) factory.create(context)) {
            var basket = new Basket();
            receiver.start(basket);
            report(OtlpGrpcMetricExporter.builder()
                    .setEndpoint("http://127.0.0.1:" + receiver.grpcPort())
                    .build());
            report(OtlpHttpMetricExporter.builder()
                    .setEndpoint("http://127.0.0.1:" + receiver.httpPort() + "/v1/metrics")
                    .setCompression("gzip")
                    .build());

            assertThat(basket.samples()).hasSize(2 * LINES.size());
            assertThat(basket.samples().subList(0, LINES.size()).stream().map(MetricReaderTest::line))
                    .containsExactlyInAnyOrderElementsOf(LINES);
            assertThat(basket.samples().subList(LINES.size(), 2 * LINES.size()).stream()
                            .map(MetricReaderTest::line))
                    .containsExactlyInAnyOrderElementsOf(LINES);
            assertThat(context.meterValues()).containsEntry("otlp_samples", 2.0 * LINES.size());
        }
    }

    /** One report: shutting down exports what was measured, and once. A flush before it would be a second, or not. */
    private static void report(MetricExporter exporter) {
        try (var provider = SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"), "shop",
                        AttributeKey.stringKey("service.namespace"), "demo",
                        AttributeKey.stringKey("service.instance.id"), "1")))
                .registerMetricReader(PeriodicMetricReader.create(exporter))
                .registerView(
                        InstrumentSelector.builder().setName("wait").build(),
                        View.builder()
                                .setAggregation(Aggregation.explicitBucketHistogram(List.of(0.5, 1.0)))
                                .build())
                .build()) {
            var meter = provider.get("test");
            meter.counterBuilder("orders").build().add(3, Attributes.of(AttributeKey.stringKey("channel"), "web"));
            meter.upDownCounterBuilder("queue").build().add(7);
            var wait = meter.histogramBuilder("wait").setUnit("s").build();
            List.of(0.3, 0.7, 2.0).forEach(wait::record);
            assertThat(provider.shutdown().join(10, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
    }

    @Test
    void whatHasNoPlaceIsRejectedAndTheRestIsTaken() {
        var point = NumberDataPoint.newBuilder().setAsInt(1).build();
        var rejections = new Rejections();

        var samples = MetricReader.read(
                request(
                        Metric.newBuilder()
                                .setName("delta")
                                .setSum(Sum.newBuilder()
                                        .setIsMonotonic(true)
                                        .setAggregationTemporalityValue(1)
                                        .addDataPoints(point)
                                        .addDataPoints(point)),
                        Metric.newBuilder()
                                .setName("exponential")
                                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                        .addDataPoints(ExponentialHistogramDataPoint.getDefaultInstance())),
                        Metric.newBuilder()
                                .setName("crooked")
                                .setHistogram(Histogram.newBuilder()
                                        .setAggregationTemporalityValue(2)
                                        .addDataPoints(HistogramDataPoint.newBuilder()
                                                .addExplicitBounds(2)
                                                .addExplicitBounds(1)
                                                .addAllBucketCounts(List.of(1L, 1L, 1L)))
                                        .addDataPoints(HistogramDataPoint.newBuilder()
                                                .addExplicitBounds(1)
                                                .addBucketCounts(1))),
                        Metric.newBuilder()
                                .setName("good")
                                .setGauge(Gauge.newBuilder().addDataPoints(point))),
                NOW,
                rejections);

        assertThat(samples.stream().map(MetricReaderTest::line)).containsExactly("good{} 1.0");
        assertThat(rejections.count()).isEqualTo(5);
        assertThat(rejections.message())
                .isEqualTo("metric 'delta' counts since the last report; cumulative ones are taken");
    }

    @Test
    void namesAreMadeFitAndNobodyTakesPrometheusOwn() {
        var point = NumberDataPoint.newBuilder()
                .setAsDouble(0.5)
                .addAttributes(attribute("http.route", "/a"))
                .addAttributes(attribute("http_route", "/b"))
                .addAttributes(attribute("__name__", "evil"))
                .addAttributes(attribute("9lives", "cat"))
                .addAttributes(attribute("job", "forged"))
                .build();

        var samples = MetricReader.read(
                request(
                        "shop",
                        Metric.newBuilder()
                                .setName("2xx.rate-now")
                                .setUnit("%")
                                .setGauge(Gauge.newBuilder().addDataPoints(point))),
                NOW,
                new Rejections());

        assertThat(samples.stream().map(MetricReaderTest::line))
                .containsExactly("_2xx_rate_now_percent{_9lives=\"cat\",http_route=\"/a;/b\",job=\"shop\","
                        + "key__name__=\"evil\"} 0.5");
    }

    private static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ExportMetricsServiceRequest request(Metric.Builder... metrics) {
        return request("", metrics);
    }

    private static ExportMetricsServiceRequest request(String service, Metric.Builder... metrics) {
        var scope = ScopeMetrics.newBuilder();
        List.of(metrics).forEach(scope::addMetrics);
        var resource = ResourceMetrics.newBuilder().addScopeMetrics(scope);
        resource.getResourceBuilder().addAttributes(attribute("service.name", service));
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(resource)
                .build();
    }

    private static String line(Sample sample) {
        return sample.series() + " " + sample.value();
    }
}
