package dev.binnacle.plugin.collector.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One call over HTTP/2, by hand: the JDK's client speaks it over TLS only, and gRPC's own libraries are a hundred times the size of this.
 * The answer is in the first message; headers need not be read for it.
 *
 * <p>Source: RFC 9113, RFC 7541, "gRPC over HTTP2", {@code grpc/health/v1/health.proto}.
 */
final class HealthCall {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int STREAM = 1;
    private static final int LARGEST_FRAME = 16_384;
    private static final int MOST_FRAMES = 100;
    private static final int MESSAGE_HEAD = 5;
    private static final int LONGEST_TEXT = 126;

    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    HealthCall(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** Returns the number of the health that the server answers. */
    int check(String authority, String service) throws IOException {
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        frame(HEADERS, END_HEADERS, STREAM, headers(authority));
        frame(DATA, END_STREAM, STREAM, request(service));
        for (int frames = 0; frames < MOST_FRAMES; frames++) {
            if (take()) {
                return health();
            }
        }
        throw new IOException("the server talks without an answer");
    }

    /** Takes one frame; true when the answer is complete. */
    private boolean take() throws IOException {
        int head = in.readInt();
        int type = head & 0xff;
        int length = head >>> 8;
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        if (length > LARGEST_FRAME) {
            throw new IOException("the server does not speak HTTP/2");
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("the server closed the connection in the middle of its answer");
        }
        switch (type) {
            case SETTINGS -> acknowledge(SETTINGS, flags, new byte[0]);
            case PING -> acknowledge(PING, flags, payload);
            case RST_STREAM, GOAWAY -> throw new IOException("the server refuses the call");
            case DATA -> message.writeBytes(unpadded(payload, flags));
            default -> {
                // Headers and what is not asked for say nothing here.
            }
        }
        boolean ended = stream == STREAM && (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        if (ended && !isComplete()) {
            throw new IOException(
                    "the server answers without a health: it does not know the service, or no health checks");
        }
        return isComplete();
    }

    private void acknowledge(int type, int flags, byte[] payload) throws IOException {
        if ((flags & ACK) == 0) {
            frame(type, ACK, 0, payload);
        }
    }

    private static byte[] unpadded(byte[] payload, int flags) throws IOException {
        if ((flags & PADDED) == 0) {
            return payload;
        }
        int padding = payload.length == 0 ? 0 : payload[0] & 0xff;
        if (padding >= payload.length) {
            throw new IOException("the server does not speak HTTP/2");
        }
        return Arrays.copyOfRange(payload, 1, payload.length - padding);
    }

    private boolean isComplete() {
        return message.size() >= MESSAGE_HEAD && message.size() - MESSAGE_HEAD >= length();
    }

    private int length() {
        return ByteBuffer.wrap(message.toByteArray()).getInt(1);
    }

    /** Reads the message's one field, a varint; without it the health is 0. */
    private int health() throws IOException {
        byte[] bytes = message.toByteArray();
        if (bytes[0] != 0) {
            throw new IOException("the server packs its answer, which was not asked for");
        }
        if (length() == 0) {
            return 0;
        }
        if (length() < 2 || bytes[MESSAGE_HEAD] != 0x08) {
            throw new IOException("the server's answer is no health");
        }
        return bytes[MESSAGE_HEAD + 1] & 0x7f;
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
        out.flush();
    }

    /** Names are those of HPACK's static table where it has them. */
    private static byte[] headers(String authority) throws IOException {
        var block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86, 0x04});
        text(block, "/grpc.health.v1.Health/Check");
        block.write(0x01);
        text(block, authority);
        block.writeBytes(new byte[] {0x0f, 0x10});
        text(block, "application/grpc");
        block.write(0);
        text(block, "te");
        text(block, "trailers");
        return block.toByteArray();
    }

    private static byte[] request(String service) throws IOException {
        var body = new ByteArrayOutputStream();
        if (!service.isEmpty()) {
            body.write(0x0a);
            text(body, service);
        }
        return ByteBuffer.allocate(MESSAGE_HEAD + body.size())
                .put((byte) 0)
                .putInt(body.size())
                .put(body.toByteArray())
                .array();
    }

    /** Writes a text of one length byte, as HPACK and protocol buffers both have it. */
    private static void text(ByteArrayOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_TEXT) {
            throw new IOException("'" + text.substring(0, 40) + "…' is longer than " + LONGEST_TEXT + " bytes");
        }
        to.write(bytes.length);
        to.writeBytes(bytes);
    }
}
