package dev.binnacle.prometheus.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** One connection to a server, for one request after the other. */
final class Connection implements AutoCloseable {
    private static final int BUFFER = 1 << 14;
    private static final int LONGEST_HEAD = 1 << 16;

    private final Watch watch;

    /** What is connected; closing it ends everything at once, which closing what speaks TLS over it does not. */
    private final Socket plain;

    final InputStream in;
    final OutputStream out;

    private Connection(Watch watch, Socket plain, Socket speaking) throws IOException {
        this(watch, plain, speaking, BUFFER);
    }

    /** @param buffer how much may be read ahead of what is asked for */
    Connection(Watch watch, Socket plain, Socket speaking, int buffer) throws IOException {
        this.watch = watch;
        this.plain = plain;
        this.in = new BufferedInputStream(speaking.getInputStream(), buffer);
        this.out = speaking.getOutputStream();
    }

    static Connection open(Origin origin, Tls tls, AddressRule rule, Watch watch, Deadline deadline)
            throws IOException {
        var address = watch.lookUp(origin.host(), deadline).getFirst();
        if (!rule.permits(address)) {
            throw new RefusedAddressException(address);
        }
        var socket = new Socket();
        watch.opened(socket);
        var limit = watch.limit(socket, deadline);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, origin.port()), deadline.millisLeft());
            var speaking = origin.isSecure() ? tls.over(socket, origin.host(), origin.port()) : socket;
            return new Connection(watch, socket, speaking);
        } catch (IOException e) {
            watch.closed(socket);
            throw deadline.isOver() ? deadline.exceeded() : e;
        } finally {
            limit.cancel(false);
        }
    }

    /** Ends the connection when the deadline is over; cancel what is returned when it need not. */
    Future<?> limit(Deadline deadline) throws IOException {
        return watch.limit(plain, deadline);
    }

    /**
     * Sends a request. A server that has heard enough may answer and close before it has all of the body: its answer is then there to
     * be read.
     */
    void send(Request request) throws IOException {
        var head = new StringBuilder(request.method())
                .append(' ')
                .append(request.path())
                .append(" HTTP/1.1\r\n");
        for (var header : request.headers().entrySet()) {
            if (!isPlain(header.getKey()) || !isPlain(header.getValue())) {
                throw new IOException("the header " + header.getKey() + " has characters that no header may have");
            }
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (request.length() > 0) {
            sendBody(request);
        }
        out.flush();
    }

    private void sendBody(Request request) throws IOException {
        try {
            out.write(request.body(), 0, request.length());
        } catch (SocketException e) {
            if (in.available() == 0) {
                throw e;
            }
        }
    }

    /** Reads the head of an answer; what a server says before its real one is left out. */
    Head head() throws IOException {
        var budget = new int[] {LONGEST_HEAD};
        Head head;
        do {
            String status = line(budget);
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(budget); !line.isEmpty(); line = line(budget)) {
                int colon = line.indexOf(':');
                if (colon <= 0) {
                    throw new IOException("the answer is not HTTP: '" + brief(line) + "'");
                }
                headers.merge(
                        line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
            }
            head = Head.of(status, headers);
        } while (head.status() < 200);
        return head;
    }

    @Override
    public void close() {
        watch.closed(plain);
    }

    private String line(int[] budget) throws IOException {
        var line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new EOFException("the server closed the connection before its answer was complete");
            }
            if (--budget[0] < 0) {
                throw new IOException("the head of the answer is longer than " + LONGEST_HEAD + " bytes");
            }
            line.append((char) c);
            c = in.read();
        }
        int length = line.length();
        line.setLength(length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
        return line.toString();
    }

    static String brief(String text) {
        return text.substring(0, Math.min(text.length(), 40));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f || c > 0x9f && c < 0x100 || c == '\t');
    }
}
