package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports on 127.0.0.1 that people type: each the usual one, or the next that is free.
 *
 * <p>A server needs seconds until it listens, and may have to start again; meanwhile another instance must not choose the same
 * port. So the choice is marked by a listening socket on an address that only stands for the port: the kernel gives it to one
 * process on the machine, and takes it back when that ends. Thread-safe.
 */
public final class UserPorts implements AutoCloseable {
    private static final int ATTEMPTS = 200;
    private static final int MARK_PORT = 15097;

    private final List<ServerSocket> marks = new ArrayList<>();

    /**
     * Takes {@code usual} or the first free port after it and returns it.
     *
     * @throws ProblemException when there is none within 200 ports
     */
    public synchronized int take(int usual) throws IOException {
        for (int port = usual; port < usual + ATTEMPTS; port++) {
            if (mark(port)) {
                return port;
            }
        }
        throw ProblemException.environment(
                "no free port on 127.0.0.1 from " + usual + " to " + (usual + ATTEMPTS - 1),
                "Stop what listens there: `ss -ltnp` lists it.");
    }

    private boolean mark(int port) throws IOException {
        var mark = new ServerSocket();
        if (listens(mark, "127.8." + (port >> 8) + "." + (port & 255), MARK_PORT) && isFree(port)) {
            marks.add(mark);
            return true;
        }
        mark.close();
        return false;
    }

    private static boolean isFree(int port) throws IOException {
        try (var trial = new ServerSocket()) {
            return listens(trial, "127.0.0.1", port);
        }
    }

    private static boolean listens(ServerSocket socket, String address, int port) throws IOException {
        // Otherwise the port would seem taken for a minute after its last server has stopped.
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives every port back. */
    @Override
    public synchronized void close() throws IOException {
        for (var mark : marks) {
            mark.close();
        }
        marks.clear();
    }
}
