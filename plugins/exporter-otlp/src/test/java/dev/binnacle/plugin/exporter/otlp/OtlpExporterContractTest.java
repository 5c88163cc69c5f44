package dev.binnacle.plugin.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.TestContext;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

class OtlpExporterContractTest extends ExporterContract {
    private final FakeCollector collector = new FakeCollector();
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean dead;

    @AfterEach
    void close() {
        end.countDown();
        collector.close();
    }

    @Override
    protected ExporterFactory factory() {
        return new OtlpExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", collector.url());
    }

    @Override
    protected Map<String, Double> received(TestContext context) {
        assertThat(context.meterValues().get("requests")).isPositive();
        var last = new HashMap<String, Double>();
        collector.metrics().forEach(metric -> {
            var points = metric.hasSum()
                    ? metric.getSum().getDataPointsList()
                    : metric.getGauge().getDataPointsList();
            points.forEach(point -> last.put(metric.getName() + labels(point), point.getAsDouble()));
        });
        return last;
    }

    @Override
    protected boolean breakReceiver() {
        collector.stop();
        dead = true;
        return true;
    }

    @Override
    protected boolean inject(Fault fault) {
        switch (fault) {
            case FAILS -> collector.behaviour = (exchange, request) -> FakeCollector.answer(exchange, 503, new byte[0]);
            case ANSWERS_LATE ->
                collector.behaviour = (exchange, request) -> {
                    collector.received.add(request);
                    await(end);
                };
            case DIES -> breakReceiver();
        }
        return true;
    }

    @Override
    protected void repairReceiver() {
        collector.behaviour = collector::take;
        if (dead) {
            collector.start();
        }
    }

    private static String labels(NumberDataPoint point) {
        List<KeyValue> attributes = point.getAttributesList();
        return attributes.stream()
                .map(each -> each.getKey() + "=\"" + each.getValue().getStringValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
