package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans by OTLP and HTTP, and looks for words in them: texts stand in the bytes of a message as they are. */
final class SpanReceiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    SpanReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean ours = "mesh".equals(exchange.getRequestHeaders().getFirst("x-from"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(ours ? 200 : 400, -1);
        }
    }

    /** Makes it known to a mesh as the provider {@code spans}. */
    void define(Case mesh) {
        define(mesh, "");
    }

    void define(Case mesh, String more) {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: spans}
                spec:
                  hosts: [spans.outside.test]
                  ports: [{number: 4318, name: http, protocol: HTTP}]
                  resolution: STATIC
                  endpoints: [{address: 127.0.0.1, ports: {http: %d}}]
                """.formatted(server.getAddress().getPort()));
        mesh.config("""
                extensionProviders:
                - name: spans
                  opentelemetry:
                    service: spans.outside.test
                    port: 4318
                    http: {path: /v1/traces, timeout: 2s, headers: [{name: x-from, value: mesh}]}
                """ + more);
    }

    /** Expects one message that has all these words. */
    void got(String... words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bodies)
                        .as("messages with %s", List.of(words))
                        .anyMatch(body -> List.of(words).stream().allMatch(body::contains)));
    }

    /** Expects a span of this trace. */
    void gotTrace(String id) {
        got(new String(HexFormat.of().parseHex(id), StandardCharsets.ISO_8859_1));
    }

    void gotNothingOf(String service) {
        assertThat(bodies).noneMatch(body -> body.contains(service));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
