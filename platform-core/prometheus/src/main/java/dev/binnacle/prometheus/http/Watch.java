package dev.binnacle.prometheus.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends connections whose time is over, whatever they are doing, and looks names up within a time. Has few threads of its own, which
 * {@link #close} ends, together with all connections.
 */
public final class Watch implements AutoCloseable {
    private static final int LOOKUPS = 4;

    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService lookups;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param name what its threads are called */
    public Watch(String name) {
        timer = new ScheduledThreadPoolExecutor(1, threads(name + "-deadlines"));
        timer.setRemoveOnCancelPolicy(true);
        lookups = Executors.newFixedThreadPool(LOOKUPS, threads(name + "-names"));
    }

    List<InetAddress> lookUp(String host, Deadline deadline) throws IOException {
        if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return List.of(InetAddress.getAllByName(host));
        }
        var lookup = lookups.submit(() -> InetAddress.getAllByName(host));
        try {
            return List.of(lookup.get(deadline.millisLeft(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            lookup.cancel(true);
            throw new UnknownHostException(host + " (nobody answered in time)");
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    void opened(Socket socket) throws IOException {
        sockets.add(socket);
        if (closed) {
            socket.close();
        }
    }

    void closed(Socket socket) {
        sockets.remove(socket);
        closeQuietly(socket);
    }

    /** Closes the socket when the deadline is over; cancel what is returned when it need not. */
    Future<?> limit(Socket socket, Deadline deadline) throws IOException {
        return timer.schedule(() -> closed(socket), deadline.millisLeft() + 1L, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        lookups.shutdownNow();
        sockets.forEach(Watch::closeQuietly);
        sockets.clear();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
