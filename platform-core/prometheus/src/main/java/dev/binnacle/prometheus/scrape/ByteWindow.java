package dev.binnacle.prometheus.scrape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The part of a body that is being looked at: no longer than its longest line, or {@link #SIZE} bytes. */
final class ByteWindow {
    private static final byte[] NOTHING = {};

    static final int SIZE = 1 << 16;

    /** A line longer than this is not read to its end. */
    static final int LONGEST_LINE = 1 << 22;

    /** What is at hand is from {@link #at} to {@link #end} of it. */
    byte[] bytes = NOTHING;

    int at;
    int end;
    private boolean complete;

    /** Forgets everything; between pages there is nothing to be kept. */
    void reset() {
        at = 0;
        end = 0;
        complete = false;
        bytes = NOTHING;
    }

    /** Tells whether the body ends where the window does. */
    boolean isComplete() {
        return complete;
    }

    boolean isFull() {
        return end - at >= LONGEST_LINE;
    }

    /** Reads on, at least as much as is at hand: so lines that come in drops are not looked at again for each drop. */
    void fill(InputStream body) throws IOException {
        makeRoom();
        int wanted = Math.min(bytes.length, end + Math.max(end - at, 1));
        while (end < wanted && !complete) {
            int count = body.read(bytes, end, bytes.length - end);
            complete = count < 0;
            end += Math.max(count, 0);
        }
    }

    /** Ends the last line as the others end, where it does not. */
    void endLine() {
        if (end > at && bytes[end - 1] != '\n') {
            makeRoom();
            bytes[end++] = '\n';
        }
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void makeRoom() {
        if (at > 0) {
            System.arraycopy(bytes, at, bytes, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(SIZE, 2 * bytes.length));
        }
    }
}
