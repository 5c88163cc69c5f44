package dev.binnacle.plugin.collectors.mesh.envoy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Serves the recorded pages over real HTTP, or something else in their place. */
final class AdminServer implements AutoCloseable {
    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    static AdminServer recorded() throws IOException {
        return serving(exchange -> Recorded.bytes(exchange.getRequestURI().toString()));
    }

    static AdminServer of(String text) throws IOException {
        return serving(exchange -> text.getBytes(StandardCharsets.UTF_8));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private interface Answer {
        byte[] to(HttpExchange exchange) throws IOException;
    }

    private static AdminServer serving(Answer answer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.to(exchange);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new AdminServer(server);
    }
}
