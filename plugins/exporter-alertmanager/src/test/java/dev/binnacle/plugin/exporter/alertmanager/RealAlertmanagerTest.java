package dev.binnacle.plugin.exporter.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import dev.binnacle.spi.testkit.TestContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it is told is grouped, notified, and resolved: judged by a running Alertmanager, when {@code
 * -Dbinnacle.alertmanager-binary} or {@code BINNACLE_ALERTMANAGER_BINARY} names one.
 */
class RealAlertmanagerTest {
    private static final MetricFamily ALERTS = MetricFamily.gauge("ALERTS", "", "");

    private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void alertsFireInTheirGroupAndAreResolved() throws Exception {
        String binary =
                System.getProperty("binnacle.alertmanager-binary", System.getenv("BINNACLE_ALERTMANAGER_BINARY"));
        assumeTrue(
                binary != null && !binary.isBlank(), "no Alertmanager is given: -Dbinnacle.alertmanager-binary=PATH");
        var webhook = webhook();
        int port = freePort();
        var process = start(binary, port, webhook.getAddress().getPort());
        var factory = new AlertmanagerExporterFactory();
        try (var host = TestContext.of(
                        factory, Map.of("urls", "http://127.0.0.1:" + port, "summary", "{pod} is <down>"));
                var exporter = factory.create(host)) {
            await().ignoreExceptions().atMost(Duration.ofSeconds(20)).until(() -> ready(port));
            host.clock()
                    .advance(Duration.between(
                            host.clock().instant(), Instant.now().minusSeconds(2)));
            exporter.export(List.of(alert("one", 1, host), alert("two", 1, host)));

            await().atMost(Duration.ofSeconds(20)).until(() -> statuses().contains("firing firing"));
            var first = notifications.getFirst();
            assertThat(first.at("/groupLabels").toString()).isEqualTo("{\"alertname\":\"Down\"}");
            assertThat(first.at("/alerts/0/annotations/summary").asText()).isEqualTo("one is <down>");

            host.clock().advance(Duration.ofMillis(500));
            exporter.export(List.of(alert("one", Staleness.MARKER, host), alert("two", Staleness.MARKER, host)));
            await().atMost(Duration.ofSeconds(20)).until(() -> statuses().contains("resolved resolved"));
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
            webhook.stop(0);
        }
    }

    private static Sample alert(String pod, double value, TestContext host) {
        var labels = Labels.of("alertname", "Down", "alertstate", "firing", "pod", pod);
        return ALERTS.sample(labels, value, host.clock().instant());
    }

    private List<String> statuses() {
        return notifications.stream()
                .map(notification -> String.join(" ", notification.at("/alerts").findValuesAsText("status")))
                .toList();
    }

    private HttpServer webhook() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                notifications.add(new ObjectMapper().readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private Process start(String binary, int port, int webhook) throws Exception {
        Path config = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: {receiver: hook, group_by: [alertname], group_wait: 200ms, group_interval: 300ms}
                receivers:
                  - name: hook
                    webhook_configs: [{url: "http://127.0.0.1:%d/"}]
                """.formatted(webhook));
        return new ProcessBuilder(
                        binary,
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                // Debian's finds its templates from its package's top folder: it is in usr/bin.
                .directory(Path.of(binary).resolve("../../..").normalize().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean ready(int port) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
