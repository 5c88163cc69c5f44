package dev.binnacle.plugin.exporter.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes alerts on loopback, unless it is told to answer otherwise. */
final class FakeAlertmanager implements AutoCloseable {
    /** What it does with one request. */
    interface Behaviour {
        void answer(HttpExchange exchange, JsonNode alerts) throws IOException;
    }

    final List<JsonNode> received = new CopyOnWriteArrayList<>();
    final List<Integer> requests = new CopyOnWriteArrayList<>();
    volatile Behaviour behaviour = this::take;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    FakeAlertmanager() {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void stop() {
        server.stop(0);
    }

    void start() {
        server = serve(port);
    }

    void take(HttpExchange exchange, JsonNode alerts) throws IOException {
        alerts.forEach(received::add);
        answer(exchange, 200);
    }

    void always(int status) {
        behaviour = (exchange, alerts) -> answer(exchange, status);
    }

    static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpServer serve(int wanted) {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted), 0);
            made.setExecutor(threads);
            made.createContext("/api/v2/alerts", this::handle);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var alerts = new ObjectMapper().readTree(exchange.getRequestBody());
            requests.add(alerts.size());
            behaviour.answer(exchange, alerts);
        }
    }
}
