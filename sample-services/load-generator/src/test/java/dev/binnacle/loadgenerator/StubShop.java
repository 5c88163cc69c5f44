package dev.binnacle.loadgenerator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop on a port of its own; answers every request with one status, or not at all. */
public final class StubShop implements QuarkusTestResourceLifecycleManager {
    static final int SILENCE = -1;
    static final AtomicInteger STATUS = new AtomicInteger(200);
    static final AtomicInteger SEEN = new AtomicInteger();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", StubShop::handle);
        server.setExecutor(threads);
        server.start();
        return Map.of("load.target", "http://localhost:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        SEEN.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        if (STATUS.get() == SILENCE) {
            return;
        }
        exchange.sendResponseHeaders(STATUS.get(), -1);
        exchange.close();
    }
}
