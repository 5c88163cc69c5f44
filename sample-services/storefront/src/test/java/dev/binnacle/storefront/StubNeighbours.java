package dev.binnacle.storefront;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The catalog and the orders service as one small HTTP server; tests script its answers by method and path. */
public final class StubNeighbours implements QuarkusTestResourceLifecycleManager {
    /** An answer; a status of 0 closes the connection without one, a negative one keeps silent. */
    record Answer(int status, String contentType, String body) {
        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body);
        }

        static Answer problem(int status, String detail) {
            var body = "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":%d,\"detail\":\"%s\"}";
            return new Answer(status, "application/problem+json", body.formatted(status, detail));
        }

        static Answer text(int status, String body) {
            return new Answer(status, "text/plain", body);
        }
    }

    /** What arrived: method, path and headers. */
    record Call(String what, Map<String, List<String>> headers) {}

    static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    static final List<Call> CALLS = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", StubNeighbours::handle);
        server.setExecutor(threads);
        server.start();
        var url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "quarkus.rest-client.catalog.url", url,
                "quarkus.rest-client.catalog.read-timeout", "2000",
                "quarkus.rest-client.orders.url", url);
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        var what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        CALLS.add(new Call(what, Map.copyOf(exchange.getRequestHeaders())));
        var answer = ANSWERS.getOrDefault(what, Answer.text(404, "no route"));
        if (answer.status() < 0) {
            return;
        }
        if (answer.status() > 0) {
            var body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
