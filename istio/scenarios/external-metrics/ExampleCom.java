import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Answers in the place of a host outside of the mesh: its metrics, and who was asked for. */
final class ExampleCom {
    private static final AtomicLong REQUESTS = new AtomicLong();

    public static void main(String[] ports) throws IOException {
        String host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        for (String port : ports.length == 0 ? new String[] {"8080"} : ports) {
            var server = HttpServer.create(new InetSocketAddress(host, Integer.parseInt(port)), 0);
            server.createContext("/metrics", exchange -> answer(exchange, "text/plain; version=0.0.4", metrics()));
            server.createContext("/", ExampleCom::greet);
            server.start();
        }
    }

    private static String metrics() {
        return "# HELP example_requests_total Requests for metrics that example.com has answered.\n"
                + "# TYPE example_requests_total counter\n"
                + "example_requests_total " + REQUESTS.incrementAndGet() + "\n";
    }

    private static void greet(HttpExchange exchange) throws IOException {
        answer(exchange, "text/plain", "asked for " + exchange.getRequestHeaders().getFirst("Host") + "\n");
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
