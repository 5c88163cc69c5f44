package dev.binnacle.e2e.executed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 as it is written, on a connection that lasts as long as this object: the Host header is what the case says. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    Wire(InetSocketAddress server) throws IOException {
        this(server, new InetSocketAddress(0));
    }

    /** Connects from an address of this machine. */
    Wire(InetSocketAddress server, InetSocketAddress source) throws IOException {
        socket.bind(source);
        socket.setSoTimeout(PATIENCE);
        socket.connect(server, PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Waits so long for each byte, and no longer. */
    Wire waiting(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        return this;
    }

    /** Sends a request on a connection of its own. */
    static Reply send(InetSocketAddress server, String method, String target, Map<String, String> headers)
            throws IOException {
        try (var wire = new Wire(server)) {
            return wire.send(method, target, headers);
        }
    }

    Reply send(String method, String target, Map<String, String> headers) throws IOException {
        long start = System.nanoTime();
        ask(method, target, headers);
        int status = status();
        Map<String, List<String>> head = head();
        String body = method.equals("HEAD") ? "" : body(status, head);
        return new Reply(status, head, body, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Sends a request and waits for nothing. */
    void ask(String method, String target, Map<String, String> headers) throws IOException {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Waits for the first line of an answer, and returns its code. */
    int status() throws IOException {
        return Integer.parseInt(line().split(" ", -1)[1]);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Returns all that comes until the other side closes. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private Map<String, List<String>> head() throws IOException {
        var result = new TreeMap<String, List<String>>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            result.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return result;
    }

    private String body(int status, Map<String, List<String>> head) throws IOException {
        if (status == 204 || status == 304) {
            return "";
        }
        if (head.containsKey("content-length")) {
            int length = Integer.parseInt(head.get("content-length").getFirst());
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("the answer ended after " + bytes.length + " of " + length + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return head.containsKey("transfer-encoding") ? chunks() : rest();
    }

    private String chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.write(in.readNBytes(size));
            line();
        }
        line();
        return all.toString(StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after \"" + line + "\"");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
