package dev.binnacle.plugin.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugin.collector.otlp.OtlpReceiverFactory;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.Basket;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sent to the platform's own receiver arrives there as it was. */
class RoundTripTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.250Z");

    @Test
    void samplesComeBackAsTheyWere() throws Exception {
        String port = Integer.toString(freePort());
        var receiving = new OtlpReceiverFactory();
        var sending = new OtlpExporterFactory();
        var basket = new Basket();
        var sent = sent();
        try (var host = TestContext.of(receiving, Map.of("http-port", port, "grpc-port", "0"));
                var receiver = receiving.create(host);
                var context = TestContext.of(sending, Map.of("url", "http://127.0.0.1:" + port + "/v1/metrics"));
                var exporter = sending.create(context)) {
            receiver.start(basket);
            exporter.export(sent);
        }

        assertThat(basket.samples()).extracting(Sample::toString).containsExactlyInAnyOrderElementsOf(texts(sent));
        assertThat(basket.samples())
                .filteredOn(sample -> sample.series().name().equals("tank_level_bytes"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.series().family()).isEqualTo(Samples.LEVEL));
    }

    private static List<Sample> sent() {
        var labels = Samples.TARGET.with("code", "200");
        var sent = new ArrayList<Sample>();
        sent.add(Samples.of(Samples.REQUESTS, "", labels, 7.5, AT));
        sent.add(Samples.of(Samples.LEVEL, "", labels, Double.NEGATIVE_INFINITY, AT));
        sent.add(Samples.of(Samples.WHATEVER, "", Labels.EMPTY, -0.0, AT));
        sent.addAll(Samples.histogram(labels, 2, 1.5, AT));
        sent.addAll(Samples.summary(labels, 5, AT));
        return sent;
    }

    /** Bounds are numbers in between: those that are whole come back without a fraction. */
    private static List<String> texts(List<Sample> samples) {
        return samples.stream()
                .map(sample -> sample.toString().replace("le=\"1.0\"", "le=\"1\""))
                .toList();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
