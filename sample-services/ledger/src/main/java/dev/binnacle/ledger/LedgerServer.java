package dev.binnacle.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Listens for clients and gives each a virtual thread of its own.
 *
 * <p>Whatever a client does costs it at most its own connection: a line that is too long or too slow, an answer it does
 * not fetch, and one connection too many all end with that connection closed, and counted.
 */
final class LedgerServer implements Closeable {
    private static final Logger LOG = Logger.getLogger(LedgerServer.class);
    private static final Duration WATCH_EVERY = Duration.ofMillis(250);

    private final Clerk clerk;
    private final LedgerMetrics metrics;
    private final Limits limits;
    private final ServerSocket listener;
    private final Semaphore free;
    private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * How much a client may ask for.
     *
     * @param connections at the same time
     * @param lineBytes the longest line, its break not counted
     * @param line from a line's first byte until its answer is taken over by the network
     * @param idle between two lines
     */
    record Limits(int connections, int lineBytes, Duration line, Duration idle) {}

    /**
     * Binds and starts to listen.
     *
     * @throws IOException when the address cannot be bound; the message names it
     */
    LedgerServer(String host, int port, Limits limits, Clerk clerk, LedgerMetrics metrics) throws IOException {
        this.limits = limits;
        this.clerk = clerk;
        this.metrics = metrics;
        this.free = new Semaphore(limits.connections());
        this.listener = bind(host, port);
        metrics.connections(open, Set::size);
        threads.execute(this::accept);
        threads.execute(this::watch);
    }

    /** Returns the port, also when any free one was asked for. */
    int port() {
        return listener.getLocalPort();
    }

    /** Returns whether clients can connect. */
    boolean isOpen() {
        return !listener.isClosed();
    }

    /** Stops to listen and closes all connections. Safe to call twice. */
    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static ServerSocket bind(String host, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private void accept() {
        while (isOpen()) {
            try {
                welcome(listener.accept());
            } catch (IOException e) {
                if (isOpen()) {
                    LOG.warnf(e, "connection not accepted port=%d", port());
                }
            }
        }
    }

    private void welcome(Socket socket) throws IOException {
        if (!free.tryAcquire()) {
            metrics.closed("busy");
            socket.close();
            return;
        }
        open.add(socket);
        threads.execute(() -> {
            try {
                serve(socket);
            } finally {
                open.remove(socket);
                free.release();
            }
        });
    }

    private void serve(Socket socket) {
        var deadline = new Deadline(socket, limits.idle());
        deadlines.add(deadline);
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new LineReader(socket.getInputStream(), limits.lineBytes(), () -> deadline.extend(limits.line()));
            converse(in, socket.getOutputStream(), deadline);
        } catch (LineReader.TooLongException e) {
            metrics.closed("too-long");
        } catch (IOException e) {
            // The client went away, or its time was over, which the watchman has counted.
            LOG.debugf(e, "connection ended client=%s", socket);
        } finally {
            deadlines.remove(deadline);
        }
    }

    private void converse(LineReader in, OutputStream out, Deadline deadline) throws IOException {
        for (var line = next(in, out); line.isPresent(); line = next(in, out)) {
            var request = Request.parse(line.get());
            write(out, clerk.answer(request));
            if (request instanceof Request.Quit) {
                return;
            }
            deadline.extend(limits.idle());
        }
    }

    private static Optional<String> next(LineReader in, OutputStream out) throws IOException {
        try {
            return in.next();
        } catch (LineReader.TooLongException e) {
            write(out, "ERR too-long " + e.getMessage());
            throw e;
        }
    }

    private static void write(OutputStream out, String answer) throws IOException {
        out.write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void watch() {
        try {
            while (isOpen()) {
                Thread.sleep(WATCH_EVERY);
                deadlines.stream().filter(Deadline::enforce).forEach(late -> {
                    deadlines.remove(late);
                    metrics.closed("slow");
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
