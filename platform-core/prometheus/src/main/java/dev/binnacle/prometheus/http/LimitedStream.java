package dev.binnacle.prometheus.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may have so many bytes and no more. */
public final class LimitedStream extends FilterInputStream {
    private final long limit;
    private long count;

    public LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        count += Math.max(read, 0);
        if (count > limit) {
            throw new TooLongException(limit);
        }
        return read;
    }

    /** The body has more bytes than it may have. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long limit) {
            super("the answer is longer than " + limit + " bytes");
        }
    }
}
