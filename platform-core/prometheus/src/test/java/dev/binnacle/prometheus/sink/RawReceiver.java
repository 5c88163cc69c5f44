package dev.binnacle.prometheus.sink;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps heads and bodies of requests, and does with the connection what the test says. */
final class RawReceiver implements AutoCloseable {
    /** What it does after a request's head, or after all of it; true when the connection goes on. */
    interface Behaviour {
        boolean answer(OutputStream out) throws IOException;
    }

    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    volatile Behaviour afterHead = out -> true;
    volatile Behaviour behaviour = answer(200, "", "taken");

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    RawReceiver(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    static RawReceiver plain() throws IOException {
        return new RawReceiver(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
    }

    static Behaviour answer(int status, String headers, String body) {
        return out -> {
            out.write(
                    ("HTTP/1.1 " + status + " x\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            return true;
        };
    }

    String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Ends connections that are open, as a receiver does that was idle for long. */
    void hangUp() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed, or a handshake that failed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            boolean goesOn = true;
            for (String head = head(in); goesOn && !head.isEmpty(); head = goesOn ? head(in) : "") {
                heads.add(head);
                goesOn = afterHead.answer(socket.getOutputStream());
                if (goesOn) {
                    bodies.add(new String(in.readNBytes(length(head)), StandardCharsets.UTF_8));
                    goesOn = behaviour.answer(socket.getOutputStream());
                }
            }
        } catch (IOException e) {
            // The client, or the test, has ended it.
        } finally {
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        return Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+)\r\n.*", "$1"));
    }
}
