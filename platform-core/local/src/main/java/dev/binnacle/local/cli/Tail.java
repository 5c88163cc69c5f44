package dev.binnacle.local.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What is written to a log from some point on; a log that became shorter was rotated, and is read from its beginning. */
final class Tail {
    private static final int MOST = 1 << 20;

    private final Path log;
    private long at;

    Tail(Path log, long at) {
        this.log = log;
        this.at = at;
    }

    /** Returns the whole lines that were written since the last call, a megabyte at most. */
    List<String> next() throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long length = file.length();
            at = length < at ? 0 : at;
            var bytes = new byte[(int) Math.min(MOST, length - at)];
            file.seek(at);
            file.readFully(bytes);
            int end = lastLineBreak(bytes);
            // A line longer than that is cut.
            int taken = end < 0 && bytes.length == MOST ? MOST : end + 1;
            at += taken;
            return new String(bytes, 0, taken, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static int lastLineBreak(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
