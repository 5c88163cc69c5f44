package dev.binnacle.local.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.binnacle.local.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Answers the command line: status, holding a process's place, rotating certificates. Callers send the launcher's token. */
final class ControlServer implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final HttpServer server;
    private final String token;

    private ControlServer(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** What the server asks of the launcher. */
    interface Requests {
        /** Returns the state of everything. */
        StatusReport status();

        /** Ends a pod's application, or the app, until {@link #release}; empty when there is none of that name. */
        Optional<HeldProcess> hold(String name);

        /** Puts back what was held. */
        void release(HeldProcess held);

        /** Replaces every certificate and returns how many that were. */
        int rotateCertificates();
    }

    /** Starts the server on a free port of {@code address}. */
    static ControlServer start(String address, Requests requests, Executor executor) throws IOException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        var control = new ControlServer(
                HttpServer.create(new InetSocketAddress(address, 0), 0),
                HexFormat.of().formatHex(secret));
        control.serve("GET", "/status", exchange -> json(exchange, 200, requests.status()));
        control.serve("POST", "/hold", exchange -> hold(exchange, requests));
        control.serve(
                "POST",
                "/certificates/rotate",
                exchange -> json(exchange, 200, Map.of("rotated", requests.rotateCertificates())));
        control.server.setExecutor(executor);
        control.server.start();
        return control;
    }

    private void serve(String method, String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!authorized(exchange)) {
                    json(exchange, 401, Map.of("detail", "the launcher's token is missing or wrong"));
                } else if (!exchange.getRequestMethod().equals(method)) {
                    json(exchange, 405, Map.of("detail", "use " + method));
                } else {
                    handler.handle(exchange);
                }
            }
        });
    }

    private boolean authorized(HttpExchange exchange) {
        String sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    /** The place stays free for as long as the caller keeps the connection open. */
    private static void hold(HttpExchange exchange, Requests requests) throws IOException {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String name = query.startsWith("name=")
                ? URLDecoder.decode(query.substring("name=".length()), StandardCharsets.UTF_8)
                : "";
        Optional<HeldProcess> held = requests.hold(name);
        if (held.isEmpty()) {
            json(exchange, 404, Map.of("detail", "nothing called '" + name + "' runs here"));
            return;
        }
        try {
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            out.write((Json.MAPPER
                                    .writer()
                                    .without(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(held.get())
                            + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.flush();
                Thread.sleep(HEARTBEAT);
                out.write('\n');
            }
        } catch (IOException e) {
            // The caller is gone, which is how a hold ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            requests.release(held.get());
        }
    }

    private static void json(HttpExchange exchange, int status, Object value) throws IOException {
        byte[] body = Json.write(value).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Returns the server's URL. */
    String url() {
        var address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Returns the secret that callers send as bearer token. */
    String token() {
        return token;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
