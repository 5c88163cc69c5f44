package dev.binnacle.plugin.collectors.prometheus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A target that answers every request by what the test says, good or bad, and keeps what it was asked. */
final class FakeTarget implements AutoCloseable {
    /** Writes an answer; what it has written is all that the client gets. */
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Answer answer;

    private FakeTarget(ServerSocket server, Answer answer) {
        this.server = server;
        this.answer = answer;
    }

    static FakeTarget answering(Answer answer) throws IOException {
        return over(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), answer);
    }

    static FakeTarget serving(String page) throws IOException {
        return answering(page(page));
    }

    static FakeTarget over(ServerSocket server, Answer answer) {
        var target = new FakeTarget(server, answer);
        Thread.ofVirtual().start(target::accept);
        return target;
    }

    static Answer page(String text) {
        return answer("200 OK", "Content-Type: text/plain; version=0.0.4\r\n", text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer answer(String status, String headers, byte[] body) {
        return out -> {
            out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    void answer(Answer next) {
        answer = next;
    }

    void serve(String page) {
        answer = page(page);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns the heads of the requests so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                // Closed, or a client that gave up.
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (true) {
                var head = new StringBuilder();
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    head.append(line).append('\n');
                    line = in.readLine();
                }
                if (line == null) {
                    return;
                }
                requests.add(head.toString());
                answer.write(socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client has gone.
        } finally {
            sockets.remove(socket);
        }
    }
}
