package dev.binnacle.plugin.collector.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that keeps the head of what it is told, and answers what the test says. */
final class LineServer implements AutoCloseable {
    /** Answers over a connection, with the head of a request; the connection is closed when it returns. */
    interface Answer {
        void write(String head, Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Answer answer;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    LineServer(ServerSocket server, Answer answer) {
        this.server = server;
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    LineServer(Answer answer) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), answer);
    }

    static Answer says(String text) {
        return (head, socket) -> socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer http(String status, String headers, String body) {
        return says("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** A proxy that lets through to {@code port}, whatever is asked for. */
    static Answer tunnel(int port) {
        return (head, socket) -> {
            try (var to = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var back = Thread.ofVirtual().start(() -> copy(to, socket));
                socket.getInputStream().transferTo(to.getOutputStream());
                back.interrupt();
            }
        };
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.close();
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1);
            var head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            heads.add(head.toString());
            answer.write(head.toString(), socket);
        } catch (IOException e) {
            // The client has gone.
        }
    }
}
