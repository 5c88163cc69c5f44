package dev.binnacle.plugin.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.prometheus.exposition.TextParser;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exporter in front of what keeps groups as a Pushgateway does. */
class PushgatewayContractTest extends ExporterContract {
    private final Map<String, String> groups = new ConcurrentHashMap<>();
    private volatile int status = 200;
    private HttpServer gateway;
    private int port;

    @BeforeEach
    void open() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        port = gateway.getAddress().getPort();
        gateway.createContext("/", exchange -> {
            try (exchange) {
                String page = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (status == 200) {
                    groups.put(exchange.getRequestMethod() + " " + exchange.getRequestURI(), page);
                }
                exchange.sendResponseHeaders(status, -1);
            }
        });
        gateway.start();
    }

    @AfterEach
    void close() {
        gateway.stop(0);
    }

    @Override
    protected ExporterFactory factory() {
        return new PushgatewayExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", "http://127.0.0.1:" + port, "job", "a/b");
    }

    @Override
    protected Map<String, Double> received(TestContext context) {
        assertThat(groups).containsOnlyKeys("PUT /metrics/job@base64/YS9i");
        var page = TextParser.parse(
                groups.values().iterator().next(), context.clock().instant());
        assertThat(page.problems()).isEmpty();
        return page.samples().stream()
                .collect(Collectors.toMap(sample -> sample.series().toString(), Sample::value));
    }

    @Override
    protected boolean breakReceiver() {
        gateway.stop(0);
        return true;
    }

    @Override
    protected void repairReceiver() {
        try {
            open();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aSeriesThatNobodyReportsLeavesTheGroup() throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            exporter.export(
                    List.of(GAUGE.sample(Labels.of("a", "1"), 1, context.clock().instant())));
            context.clock().advance(Duration.ofMinutes(6));
            exporter.export(
                    List.of(GAUGE.sample(Labels.of("a", "2"), 2, context.clock().instant())));

            assertThat(received(context)).isEqualTo(Map.of("contract_gauge{a=\"2\"}", 2.0));
        }
    }

    @Test
    void anAnswerTellsWhetherToTryAgain() throws Exception {
        try (var context = newContext();
                var exporter = factory().create(context)) {
            var batch = List.of(GAUGE.sample(Labels.EMPTY, 1, context.clock().instant()));
            for (var answer : Map.of(400, FailureKind.PERMANENT, 429, FailureKind.TRANSIENT, 503, FailureKind.TRANSIENT)
                    .entrySet()) {
                status = answer.getKey();
                assertThat(catchThrowableOfType(ExportException.class, () -> exporter.export(batch))
                                .kind())
                        .isEqualTo(answer.getValue());
            }
        }
    }
}
