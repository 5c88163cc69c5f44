package dev.binnacle.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A small payments service on a port of its own; it can be told what to answer. */
public final class StubPayments implements QuarkusTestResourceLifecycleManager {
    /** An answer; a negative status keeps silent. */
    record Answer(int status, String contentType, String body) {}

    static final Answer PAID =
            new Answer(201, "application/json", "{\"id\":\"p-1\",\"orderId\":\"?\",\"amountCents\":1}");
    static final AtomicReference<Answer> ANSWER = new AtomicReference<>(PAID);
    static final AtomicReference<String> LAST_BODY = new AtomicReference<>("");
    static final AtomicReference<Map<String, List<String>>> LAST_HEADERS = new AtomicReference<>(Map.of());

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/payments", StubPayments::handle);
        server.setExecutor(threads);
        server.start();
        return Map.of(
                "quarkus.rest-client.payments.url",
                "http://localhost:" + server.getAddress().getPort(),
                "quarkus.rest-client.payments.read-timeout",
                "2000");
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        LAST_BODY.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        LAST_HEADERS.set(Map.copyOf(exchange.getRequestHeaders()));
        var answer = ANSWER.get();
        if (answer.status() < 0) {
            return;
        }
        var body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
