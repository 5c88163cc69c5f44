package dev.binnacle.e2e.executed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** A server outside of the mesh that remembers what a sidecar sent on each connection, to the byte. */
final class Peer implements AutoCloseable {
    /** An empty SETTINGS frame. */
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    /** How it answers. */
    private enum Manner {
        ABSENT("", false),
        SILENT("", false),
        HTTP("HTTP/1.1 200 OK\r\nanswered-by: peer\r\ncontent-length: 0\r\n\r\n", false),
        HTTP2("", false),
        LEAVING("", true),
        BREAKING_OFF("HTTP/1.1 200 OK\r\nanswered-by: peer\r\ncontent-length: 100\r\n\r\nbeginning", true),
        RAVING("nonsense\r\n\r\n", true);

        private final byte[] answer;
        private final boolean leaves;

        Manner(String answer, boolean leaves) {
            this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
            this.leaves = leaves;
        }
    }

    /** A connection that was made to it. */
    static final class Connection {
        private final Socket socket;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final long opened = System.nanoTime();
        private volatile long closed;

        private Connection(Socket socket) {
            this.socket = socket;
        }

        synchronized byte[] bytes() {
            return received.toByteArray();
        }

        /** What came, a character for each byte. */
        String text() {
            return new String(bytes(), StandardCharsets.ISO_8859_1);
        }

        boolean isClosed() {
            return closed != 0;
        }

        Duration lasted() {
            return Duration.ofNanos(closed - opened);
        }

        Socket socket() {
            return socket;
        }

        private synchronized void add(byte[] bytes, int length) {
            received.write(bytes, 0, length);
        }
    }

    private final ServerSocket server;
    private final Manner manner;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> waiting = new ArrayList<>();

    private Peer(ServerSocket server, Manner manner) {
        this.server = server;
        this.manner = manner;
        if (manner != Manner.ABSENT) {
            Thread.ofPlatform().daemon().start(this::accept);
        }
    }

    /** Starts one that never says anything. */
    static Peer silent() throws IOException {
        return new Peer(plain(), Manner.SILENT);
    }

    /** Starts one that answers each request. */
    static Peer http() throws IOException {
        return new Peer(plain(), Manner.HTTP);
    }

    /** Starts one that hangs up when it is asked. */
    static Peer leaving() throws IOException {
        return new Peer(plain(), Manner.LEAVING);
    }

    /** Starts one that hangs up in the middle of each answer. */
    static Peer breakingOff() throws IOException {
        return new Peer(plain(), Manner.BREAKING_OFF);
    }

    /** Starts one that answers with something else than HTTP. */
    static Peer raving() throws IOException {
        return new Peer(plain(), Manner.RAVING);
    }

    /** Starts one that begins HTTP/2, and answers nothing. */
    static Peer http2() throws IOException {
        return new Peer(plain(), Manner.HTTP2);
    }

    /** Starts one that answers each request over TLS; clients may show a certificate. */
    static Peer https(SSLContext context) throws IOException {
        var socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setWantClientAuth(true);
        socket.setSSLParameters(parameters);
        return new Peer(socket, Manner.HTTP);
    }

    /** Starts one that accepts nobody: the system completes no connection of a server whose queue is full. */
    static Peer full() throws IOException {
        var peer = new Peer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), Manner.ABSENT);
        for (int i = 0; i < 4; i++) {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(peer.server.getLocalSocketAddress());
            peer.waiting.add(channel);
        }
        return peer;
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Returns a port where nobody listens. */
    static int closedPort() throws IOException {
        try (var socket = plain()) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns a ServiceEntry by which clients know it as {@code peer.outside.test}. */
    String entry(String protocol) {
        return """
                kind: ServiceEntry
                metadata: {name: peer}
                spec:
                  hosts: [peer.outside.test]
                  ports: [{number: 8080, name: main, protocol: %s}]
                  resolution: STATIC
                  endpoints: [{address: 127.0.0.1, ports: {main: %d}}]
                """.formatted(protocol, port());
    }

    List<Connection> connections() {
        return connections;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = new Connection(server.accept());
                connections.add(connection);
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Connection connection) {
        try (Socket socket = connection.socket) {
            var in = socket.getInputStream();
            if (manner == Manner.HTTP2) {
                socket.getOutputStream().write(SETTINGS);
            }
            var buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                connection.add(buffer, n);
                if (connection.text().endsWith("\r\n\r\n")) {
                    socket.getOutputStream().write(manner.answer);
                    if (manner.leaves) {
                        return;
                    }
                }
            }
        } catch (IOException reset) {
            // As good as closed.
        } finally {
            connection.closed = System.nanoTime();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var channel : waiting) {
            channel.close();
        }
        for (var connection : connections) {
            connection.socket.close();
        }
    }
}
