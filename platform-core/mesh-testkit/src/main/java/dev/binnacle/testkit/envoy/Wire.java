package dev.binnacle.testkit.envoy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** HTTP/1.1 as it is written: the JDK's client would correct paths, and has its own mind about the Host header. */
final class Wire {
    private static final String LINE = "\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]{1,9})");

    /** An answer; names of headers in lower case, in the order they came. */
    record Answer(int status, List<Map.Entry<String, String>> headers, String body) {
        Optional<String> header(String name) {
            return headers.stream()
                    .filter(h -> h.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    private Wire() {}

    static Answer get(SocketAddress server, String path) throws IOException {
        return send(server, "GET", path, "localhost", Map.of());
    }

    /**
     * Sends a request without a body on a connection of its own.
     *
     * @param target the path, or the whole URL when the server is a proxy
     */
    static Answer send(SocketAddress server, String method, String target, String host, Map<String, String> headers)
            throws IOException {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1" + LINE + "host: " + host + LINE);
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append(LINE));
        request.append("connection: close").append(LINE).append(LINE);
        return parse(talk(server, request.toString().getBytes(StandardCharsets.ISO_8859_1), Wire::isComplete));
    }

    /** Returns what a server says until it closes the connection. */
    static byte[] listen(SocketAddress server) throws IOException {
        return talk(server, new byte[0], all -> false);
    }

    /** Envoy closes a connection as late as a second after its answer, so nobody waits for that. */
    private static boolean isComplete(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(LINE + LINE);
        if (end < 0) {
            return false;
        }
        var length = LENGTH.matcher(text.substring(0, end));
        return length.find() && bytes.length >= end + 2 * LINE.length() + Integer.parseInt(length.group(1));
    }

    private static byte[] talk(SocketAddress server, byte[] words, Predicate<byte[]> enough) throws IOException {
        try (var channel = open(server)) {
            channel.connect(server);
            var out = ByteBuffer.wrap(words);
            while (out.hasRemaining()) {
                channel.write(out);
            }
            var all = new ByteArrayOutputStream();
            var in = ByteBuffer.allocate(16_384);
            while (channel.read(in) >= 0) {
                all.write(in.array(), 0, in.position());
                in.clear();
                if (enough.test(all.toByteArray())) {
                    break;
                }
            }
            return all.toByteArray();
        }
    }

    private static SocketChannel open(SocketAddress server) throws IOException {
        return switch (server) {
            case UnixDomainSocketAddress unix -> SocketChannel.open(StandardProtocolFamily.UNIX);
            case InetSocketAddress internet -> SocketChannel.open();
            default -> throw new IllegalArgumentException("not an address of a server: " + server);
        };
    }

    private static Answer parse(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(LINE + LINE);
        if (end < 0) {
            throw new IOException("the connection ended without an answer: " + text);
        }
        var lines = text.substring(0, end).split(LINE, -1);
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(Map.entry(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip()));
        }
        var head = new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, "");
        String body = text.substring(end + 2 * LINE.length());
        boolean chunked =
                head.header("transfer-encoding").filter("chunked"::equals).isPresent();
        String whole = utf8(chunked ? joined(body) : body);
        return new Answer(head.status(), headers, whole);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String joined(String chunks) {
        var result = new StringBuilder();
        int at = 0;
        while (true) {
            int line = chunks.indexOf(LINE, at);
            int size = line < 0 ? 0 : Integer.parseInt(chunks.substring(at, line), 16);
            if (size == 0) {
                return result.toString();
            }
            result.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
