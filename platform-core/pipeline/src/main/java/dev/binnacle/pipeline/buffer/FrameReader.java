package dev.binnacle.pipeline.buffer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a file, one after the other. Behind a damaged one it looks for the next that is whole.
 *
 * <p>Not by a {@code FileChannel}: that is closed when its thread is interrupted, which a lane's thread is.
 */
final class FrameReader implements AutoCloseable {
    private static final int WINDOW = 64 * 1024;

    private final RandomAccessFile file;
    private final byte[] head = new byte[Frames.HEAD];
    private long next;
    private long start;
    private int damaged;

    /** Opens {@code path}; the first frame is looked for at {@code from}. */
    FrameReader(Path path, long from) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.next = from;
    }

    /** Returns the next whole frame's content before {@code end}; null when there is none. */
    byte @Nullable [] read(long end) throws IOException {
        long at = next;
        boolean whole = true;
        while (at + Frames.HEAD <= end) {
            byte[] content = frameAt(at, end);
            if (content != null) {
                start = at;
                next = at + Frames.HEAD + content.length;
                return content;
            }
            damaged += whole ? 1 : 0;
            whole = false;
            at = markAfter(at, end);
        }
        if (whole && at < end) {
            damaged++;
        }
        next = end;
        return null;
    }

    /** Returns where the frame that was read last begins. */
    long start() {
        return start;
    }

    /** Returns how many places there were, so far, with something else than a frame. */
    int damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private byte @Nullable [] frameAt(long at, long end) throws IOException {
        file.seek(at);
        file.readFully(head);
        int length = Bytes.intAt(head, 4);
        if (Bytes.intAt(head, 0) != Frames.MARK
                || length < 0
                || length > Frames.LONGEST
                || at + Frames.HEAD + length > end) {
            return null;
        }
        byte[] content = new byte[length];
        file.readFully(content);
        return Frames.sum(length, content, 0) == Bytes.intAt(head, 8) ? content : null;
    }

    /** Returns where the next mark is, which may begin a frame; {@code end} when there is none. */
    private long markAfter(long at, long end) throws IOException {
        byte[] window = new byte[WINDOW];
        for (long from = at + 1; from + Frames.HEAD <= end; from += WINDOW - Integer.BYTES + 1) {
            int length = (int) Math.min(WINDOW, end - from);
            file.seek(from);
            file.readFully(window, 0, length);
            for (int i = 0; i + Integer.BYTES <= length; i++) {
                if (Bytes.intAt(window, i) == Frames.MARK) {
                    return from + i;
                }
            }
        }
        return end;
    }
}
