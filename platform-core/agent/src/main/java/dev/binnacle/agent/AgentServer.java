package dev.binnacle.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.binnacle.spi.context.TextEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves what the agent says about itself. */
final class AgentServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private AgentServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param listen {@code host:port}
     * @throws IllegalArgumentException when it is none
     */
    static AgentServer start(String listen, Supplier<String> metrics) throws IOException {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--listen is HOST:PORT, not '" + listen + "'");
        }
        var address = new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
        var made = new AgentServer(HttpServer.create(address, 0));
        made.server.setExecutor(made.threads);
        made.server.createContext(
                "/", exchange -> answer(exchange, exchange.getRequestURI().getPath(), metrics));
        made.server.start();
        return made;
    }

    String address() {
        var bound = server.getAddress();
        return bound.getAddress().getHostAddress() + ":" + bound.getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, String path, Supplier<String> metrics) throws IOException {
        try (exchange) {
            switch (path) {
                case "/metrics" -> send(exchange, 200, TextEndpoint.PROMETHEUS_TEXT, metrics.get());
                case "/-/ready", "/-/healthy" -> send(exchange, 200, "text/plain", "ok\n");
                default -> send(exchange, 404, "text/plain", "There is /metrics, /-/ready and /-/healthy.\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
