package dev.binnacle.plugin.exporter.otlp;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes OTLP over HTTP on loopback, unless it is told to answer otherwise. */
final class FakeCollector implements AutoCloseable {
    /** What it does with one request. */
    interface Behaviour {
        void answer(HttpExchange exchange, ExportMetricsServiceRequest request) throws IOException;
    }

    final List<ExportMetricsServiceRequest> received = new CopyOnWriteArrayList<>();
    final List<Headers> headers = new CopyOnWriteArrayList<>();
    volatile Behaviour behaviour = this::take;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    FakeCollector() {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/v1/metrics";
    }

    void stop() {
        server.stop(0);
    }

    void start() {
        server = serve(port);
    }

    Stream<Metric> metrics() {
        return received.stream()
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream());
    }

    void take(HttpExchange exchange, ExportMetricsServiceRequest request) throws IOException {
        received.add(request);
        answer(exchange, 200, new byte[0]);
    }

    /** Says that it did not take some points, and why. */
    void reject(int points, String why) {
        var partial = ExportMetricsPartialSuccess.newBuilder()
                .setRejectedDataPoints(points)
                .setErrorMessage(why);
        byte[] said = ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(partial)
                .build()
                .toByteArray();
        behaviour = (exchange, request) -> answer(exchange, 200, said);
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
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
            made.createContext("/v1/metrics", this::handle);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.add(exchange.getRequestHeaders());
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var body = exchange.getRequestBody();
            behaviour.answer(
                    exchange, ExportMetricsServiceRequest.parseFrom(packed ? new GZIPInputStream(body) : body));
        }
    }
}
