package dev.binnacle.plugin.collector.otlp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** A body that comes in pieces; neither it nor what it unpacks to is larger than allowed. */
final class HttpBody {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final boolean packed;
    private final int limit;

    /** A body does not unpack to what it should. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Refusal reason;

        private UnreadableException(Refusal reason, String message) {
            super(message);
            this.reason = reason;
        }

        Refusal reason() {
            return reason;
        }
    }

    HttpBody(boolean packed, int limit) {
        this.packed = packed;
        this.limit = limit;
    }

    void add(byte[] more) throws UnreadableException {
        if (bytes.size() + more.length > limit) {
            throw tooLarge();
        }
        bytes.writeBytes(more);
    }

    /** Returns the whole body, unpacked. */
    byte[] read() throws UnreadableException {
        return packed ? unpacked() : bytes.toByteArray();
    }

    private byte[] unpacked() throws UnreadableException {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            byte[] result = stream.readNBytes(limit + 1);
            if (result.length > limit) {
                throw tooLarge();
            }
            return result;
        } catch (IOException e) {
            throw new UnreadableException(Refusal.MALFORMED, "the body does not unpack: " + e.getMessage());
        }
    }

    private UnreadableException tooLarge() {
        return new UnreadableException(Refusal.TOO_LARGE, HttpAdmission.tooLarge(limit));
    }
}
