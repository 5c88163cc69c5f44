package dev.binnacle.local.pod;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Calls {@code grpc.health.v1.Health/Check} over plain HTTP/2.
 *
 * <p>Written out by hand, because the JDK's client cannot begin with HTTP/2 on plaintext and a gRPC library would weigh more than
 * the rest of the launcher. One request, one stream, no header compression state.
 */
final class GrpcHealth {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int LONGEST_FRAME = 1 << 20;

    /** The message of an answer that says SERVING: field 1 with value 1, behind gRPC's five bytes. */
    private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};

    private GrpcHealth() {}

    /** Returns whether the server says it is serving. */
    static boolean serving(InetSocketAddress server, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (var socket = new Socket()) {
            socket.connect(server, (int) limit.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(request(server));
            out.flush();
            return answer(socket, new DataInputStream(socket.getInputStream()), out, deadline);
        }
    }

    private static byte[] request(InetSocketAddress server) {
        byte[] headers = headers(server.getHostString() + ":" + server.getPort());
        byte[] emptyMessage = new byte[5];
        return join(
                PREFACE,
                frame(SETTINGS, 0, 0, new byte[0]),
                frame(HEADERS, END_HEADERS, 1, headers),
                frame(DATA, END_STREAM, 1, emptyMessage));
    }

    private static byte[] headers(String authority) {
        return join(
                header(":method", "POST"),
                header(":scheme", "http"),
                header(":path", "/grpc.health.v1.Health/Check"),
                header(":authority", authority),
                header("content-type", "application/grpc"),
                header("te", "trailers"));
    }

    /** A literal header field without indexing (RFC 7541, 6.2.2); all lengths here are below 127. */
    private static byte[] header(String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        byte[] valueBytes = value.getBytes(StandardCharsets.US_ASCII);
        return join(
                new byte[] {0, (byte) nameBytes.length}, nameBytes, new byte[] {(byte) valueBytes.length}, valueBytes);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        var all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static boolean answer(Socket socket, DataInputStream in, OutputStream out, long deadline)
            throws IOException {
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            socket.setSoTimeout((int) left);
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            if (length > LONGEST_FRAME) {
                return false;
            }
            byte[] payload = in.readNBytes(length);
            switch (type) {
                case DATA -> {
                    return startsWith(payload, SERVING);
                }
                case RESET, GO_AWAY -> {
                    return false;
                }
                case HEADERS -> {
                    if ((flags & END_STREAM) != 0) {
                        return false;
                    }
                }
                case SETTINGS, PING -> acknowledge(out, type, flags, payload);
                default -> {}
            }
        }
    }

    private static void acknowledge(OutputStream out, int type, int flags, byte[] payload) throws IOException {
        if ((flags & ACK) == 0) {
            out.write(frame(type, ACK, 0, type == PING ? payload : new byte[0]));
            out.flush();
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && java.util.Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
