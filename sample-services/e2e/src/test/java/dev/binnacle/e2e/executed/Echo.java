package dev.binnacle.e2e.executed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The application of the cases' pods. By HTTP it answers with the request as it arrived; headers of the request tell it to do
 * worse, of all tries or of the first ones: {@code fail: 503}, {@code delay: 500}, {@code hang-up: yes}, {@code break-off: 500} (after
 * so many milliseconds without the rest), {@code grpc-fails: 13}, {@code first: 2}, {@code only: echo-v1}. On other ports it says its
 * name and goes away.
 */
final class Echo {
    private final String name;
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    private Echo(String name) {
        this.name = name;
    }

    /** Starts: {@code NAME http=8080,8081 tcp=9000}. */
    public static void main(String[] arguments) throws IOException {
        var echo = new Echo(arguments[0]);
        var host = InetAddress.getByName(System.getenv().getOrDefault("HOST", "127.0.0.1"));
        for (int i = 1; i < arguments.length; i++) {
            boolean http = arguments[i].startsWith("http=");
            for (String port :
                    arguments[i].substring(arguments[i].indexOf('=') + 1).split(",", -1)) {
                var at = new InetSocketAddress(host, Integer.parseInt(port));
                if (http) {
                    echo.serve(at);
                } else {
                    Thread.ofPlatform().start(() -> echo.greet(at));
                }
            }
        }
    }

    private void serve(InetSocketAddress at) throws IOException {
        var server = HttpServer.create(at, 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = headers(exchange);
            boolean asked = isAsked(request);
            if (asked && request.containsKey("delay")) {
                pause(Integer.parseInt(request.get("delay")));
            }
            if (asked && request.containsKey("hang-up")) {
                return;
            }
            exchange.getResponseHeaders().set("answered-by", name);
            exchange.getResponseHeaders()
                    .set("at-port", Integer.toString(exchange.getLocalAddress().getPort()));
            exchange.getResponseHeaders().set("from-echo", "yes");
            exchange.getResponseHeaders().set("extra", "yes");
            var text = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
            request.forEach((name, value) ->
                    text.append(name).append(": ").append(value).append("\n"));
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            if (asked && request.containsKey("break-off")) {
                breakOff(exchange, body, Integer.parseInt(request.get("break-off")));
                return;
            }
            if (asked && request.containsKey("grpc-fails")) {
                exchange.getResponseHeaders().set("content-type", "application/grpc");
                exchange.getResponseHeaders().set("grpc-status", request.get("grpc-fails"));
            }
            int status = asked ? Integer.parseInt(request.getOrDefault("fail", "200")) : 200;
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void breakOff(HttpExchange exchange, byte[] body, int after) throws IOException {
        exchange.sendResponseHeaders(200, body.length + 1L);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        pause(after);
    }

    private boolean isAsked(Map<String, String> request) {
        int first = Integer.parseInt(request.getOrDefault("first", "1000000"));
        // All tries of a request have the identity that its first sidecar gave it.
        int before = tries.merge(request.getOrDefault("x-request-id", ""), 1, Integer::sum) - 1;
        return before < first && request.getOrDefault("only", name).equals(name);
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        var result = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> result.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return result;
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void greet(InetSocketAddress at) {
        try (var server = new ServerSocket(at.getPort(), 50, at.getAddress())) {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> greet(client));
            }
        } catch (IOException e) {
            throw new IllegalStateException("port " + at.getPort(), e);
        }
    }

    private void greet(Socket client) {
        try (client) {
            client.getOutputStream()
                    .write((name + " " + client.getLocalPort() + "\n").getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException clientIsGone) {
            // Readiness probes of the sidecar come and go.
        }
    }
}
