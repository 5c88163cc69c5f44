package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * The ports on 127.0.0.1 that people type: each the usual one, or the next that is free.
 *
 * <p>The ports stay reserved until {@link #release}, so two instances that start together choose different ones.
 */
public final class UserPorts {
    private static final int ATTEMPTS = 200;

    private final Set<ServerSocket> reserved = new HashSet<>();

    /**
     * Reserves {@code usual} or the first free port after it and returns it.
     *
     * @throws ProblemException when there is none within 200 ports
     */
    public synchronized int reserve(int usual) throws IOException {
        for (int port = usual; port < usual + ATTEMPTS; port++) {
            var socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress("127.0.0.1", port));
                reserved.add(socket);
                return port;
            } catch (IOException e) {
                socket.close();
            }
        }
        throw ProblemException.environment(
                "no free port on 127.0.0.1 from " + usual + " to " + (usual + ATTEMPTS - 1),
                "Stop what listens there: `ss -ltnp` lists it.");
    }

    /** Gives {@code port} to the process that is about to listen on it. */
    public synchronized void release(int port) throws IOException {
        for (var each : Set.copyOf(reserved)) {
            if (each.getLocalPort() == port) {
                each.close();
                reserved.remove(each);
            }
        }
    }

    /** Gives every port back. */
    public synchronized void releaseAll() throws IOException {
        for (var each : reserved) {
            each.close();
        }
        reserved.clear();
    }
}
