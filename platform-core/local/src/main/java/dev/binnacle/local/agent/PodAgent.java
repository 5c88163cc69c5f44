package dev.binnacle.local.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Serves a pod's readiness on 15021 and its merged metrics on 15020, both on the pod's address. */
public final class PodAgent implements AutoCloseable {
    /** The port of the merged metrics, as in Istio (facts F9). */
    public static final int METRICS_PORT = 15020;

    /** The port of the readiness, as in Istio (facts F9). */
    public static final int READINESS_PORT = 15021;

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer readiness;
    private final HttpServer metrics;

    private PodAgent(HttpServer readiness, HttpServer metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /**
     * Starts the agent.
     *
     * @param executor runs the answers; virtual threads suit
     * @throws IOException when a port is taken
     */
    public static PodAgent start(String podIp, BooleanSupplier ready, MergedMetrics merged, Executor executor)
            throws IOException {
        return start(podIp, READINESS_PORT, METRICS_PORT, ready, merged, executor);
    }

    static PodAgent start(
            String podIp,
            int readinessPort,
            int metricsPort,
            BooleanSupplier ready,
            MergedMetrics merged,
            Executor executor)
            throws IOException {
        HttpServer readiness = HttpServer.create(new InetSocketAddress(podIp, readinessPort), 0);
        try {
            HttpServer metrics = HttpServer.create(new InetSocketAddress(podIp, metricsPort), 0);
            readiness.createContext("/healthz/ready", exchange -> answerReadiness(exchange, ready));
            metrics.createContext(
                    "/stats/prometheus",
                    exchange -> answer(exchange, 200, TEXT_FORMAT, merged.scrape(limitOf(exchange))));
            for (HttpServer server : new HttpServer[] {readiness, metrics}) {
                server.setExecutor(executor);
                server.start();
            }
            return new PodAgent(readiness, metrics);
        } catch (IOException e) {
            readiness.stop(0);
            throw e;
        }
    }

    private static void answerReadiness(HttpExchange exchange, BooleanSupplier ready) throws IOException {
        boolean now = ready.getAsBoolean();
        answer(exchange, now ? 200 : 503, PLAIN, now ? "ready\n" : "not ready\n");
    }

    /** Prometheus says how long it waits; the answer must be there before. */
    private static Duration limitOf(HttpExchange exchange) {
        @Nullable String seconds = exchange.getRequestHeaders().getFirst("X-Prometheus-Scrape-Timeout-Seconds");
        if (seconds == null) {
            return LIMIT;
        }
        try {
            long millis = (long) (Double.parseDouble(seconds) * 700);
            return Duration.ofMillis(Math.clamp(millis, 200, LIMIT.toMillis()));
        } catch (NumberFormatException e) {
            return LIMIT;
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Returns the port of the readiness. */
    int readinessPort() {
        return readiness.getAddress().getPort();
    }

    /** Returns the port of the merged metrics. */
    int metricsPort() {
        return metrics.getAddress().getPort();
    }

    @Override
    public void close() {
        readiness.stop(0);
        metrics.stop(0);
    }
}
