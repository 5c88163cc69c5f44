package dev.binnacle.spi.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that misbehaves when told to: what a collector reads from, or what an exporter delivers to.
 *
 * <p>Its address stays the same when it dies and comes back.
 */
public final class FaultyServer implements AutoCloseable {
    /** How it behaves. */
    public enum Behaviour {
        /** It answers 200 with what it was made to answer. */
        ANSWERING,
        /** It answers 503 and keeps nothing of the request. */
        FAILING,
        /** It takes the request, keeps what is in it, and does not answer before it behaves otherwise. */
        HANGING,
        /** It answers 200 with a page for people. */
        LYING,
        /** Nobody listens. */
        DEAD
    }

    private final UnaryOperator<String> answer;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultyServer::daemon);
    private final int port;
    private volatile Behaviour behaviour = Behaviour.ANSWERING;
    private volatile CountDownLatch changed = new CountDownLatch(1);
    private @Nullable HttpServer server;

    /**
     * Starts a server.
     *
     * @param answer returns what it answers to a request with this body
     */
    public FaultyServer(UnaryOperator<String> answer) {
        this.answer = answer;
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    /** Returns where it is, without a path. */
    public URI url() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
    }

    /** Makes it behave like this from now on; requests that hang are answered. */
    public synchronized void behave(Behaviour next) {
        behaviour = next;
        changed.countDown();
        changed = new CountDownLatch(1);
        if (next == Behaviour.DEAD) {
            stop();
        } else if (server == null) {
            server = listen(port);
        }
    }

    @Override
    public void close() {
        behave(Behaviour.DEAD);
        threads.shutdownNow();
    }

    private void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private HttpServer listen(int at) {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            made.setExecutor(threads);
            made.createContext("/", this::handle);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var wait = changed;
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (behaviour) {
                case ANSWERING -> send(exchange, 200, answer.apply(body));
                case FAILING -> send(exchange, 503, "not now\n");
                case LYING -> send(exchange, 200, "<html><body>Please sign in</body></html>");
                case HANGING -> {
                    String late = answer.apply(body);
                    wait.await();
                    send(exchange, 200, late);
                }
                case DEAD -> exchange.getResponseHeaders().clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "faulty-server");
        thread.setDaemon(true);
        return thread;
    }
}
