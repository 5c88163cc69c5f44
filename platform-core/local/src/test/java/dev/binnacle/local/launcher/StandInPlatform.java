package dev.binnacle.local.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A program that stands in for the app, an engine or a service: an HTTP server that is ready at once.
 *
 * <p>It listens where its arguments, or else the environment of a pod, say.
 */
public final class StandInPlatform {
    private static final Map<String, String> ANSWERS = Map.of("/api/v1/mesh/proxies", "[]");

    private StandInPlatform() {}

    /** Serves until it is killed. The argument is what Prometheus gets: {@code --web.listen-address=HOST:PORT}. */
    public static void main(String[] arguments) throws IOException {
        String address =
                System.getenv("QUARKUS_HTTP_HOST") + ":" + System.getenv().getOrDefault("QUARKUS_HTTP_PORT", "8080");
        for (String argument : arguments) {
            if (argument.startsWith("--web.listen-address=")) {
                address = argument.substring(argument.indexOf('=') + 1);
            }
        }
        int colon = address.lastIndexOf(':');
        var server = HttpServer.create(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = ANSWERS.getOrDefault(exchange.getRequestURI().getPath(), "ok\n")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }
}
