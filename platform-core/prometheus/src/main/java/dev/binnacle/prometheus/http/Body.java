package dev.binnacle.prometheus.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The body of an answer, as long as its head says; whatever the connection has behind it is not touched. */
final class Body extends InputStream {
    private static final int LONGEST_LINE = 1 << 12;
    private static final long UNTIL_CLOSED = -1;

    private final InputStream in;
    private final boolean chunked;

    /** Bytes that remain, of the chunk if there are any. */
    private long left;

    private boolean ended;

    private Body(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
        this.ended = !chunked && left == 0;
    }

    static Body of(Head head, InputStream in) throws IOException {
        if (head.status() == 204 || head.status() == 304) {
            return new Body(in, false, 0);
        }
        if (head.header("Transfer-Encoding").toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return new Body(in, true, 0);
        }
        String length = head.header("Content-Length");
        if (length.isEmpty()) {
            return new Body(in, false, UNTIL_CLOSED);
        }
        try {
            return new Body(in, false, Long.parseUnsignedLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("the answer's length '" + Connection.brief(length) + "' is none", e);
        }
    }

    /** Tells whether it has been read to its end, and the connection goes on behind it. */
    boolean isAtEnd() {
        return ended && left != UNTIL_CLOSED;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, from, left == UNTIL_CLOSED ? length : (int) Math.min(length, left));
        if (count < 0 && left != UNTIL_CLOSED) {
            throw new EOFException("the server closed the connection in the middle of its answer");
        }
        if (left == UNTIL_CLOSED) {
            ended = count < 0;
        } else {
            left -= count;
            ended = left == 0 && !chunked;
            if (chunked && left == 0) {
                line();
            }
        }
        return count;
    }

    private void nextChunk() throws IOException {
        String size = line().split(";", 2)[0].strip();
        try {
            left = Long.parseUnsignedLong(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("a chunk of the answer has no length", e);
        }
        if (left < 0) {
            throw new IOException("a chunk of the answer is too long");
        }
        if (left == 0) {
            ended = true;
            while (!line().isEmpty()) {
                // Headers behind the body say nothing here.
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LONGEST_LINE) {
                throw new EOFException("the answer is broken off between its chunks");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
