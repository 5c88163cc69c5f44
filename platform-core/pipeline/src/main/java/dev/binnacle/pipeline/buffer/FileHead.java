package dev.binnacle.pipeline.buffer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The beginning of every file of a buffer.
 *
 * @param version of the files' form
 * @param first the number of the file's first sample, counted since the buffer began; -1 when it is damaged
 */
record FileHead(int version, long first) {
    static final int VERSION = 1;
    static final int SIZE = 24;

    private static final byte[] NAME = "BNCLBUF\n".getBytes(StandardCharsets.US_ASCII);

    static void write(Bytes out, long first) {
        int at = out.size();
        out.putLong(Bytes.longAt(NAME, 0));
        out.putInt(VERSION);
        out.putLong(first);
        out.putInt(sum(Arrays.copyOfRange(out.array(), at, out.size())));
    }

    /** Returns the head of {@code path}; one that is damaged is taken for one of this version, as the frames can be checked. */
    static FileHead read(Path path) throws IOException {
        byte[] bytes = new byte[SIZE];
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < SIZE) {
                return new FileHead(VERSION, -1);
            }
            file.readFully(bytes);
        }
        boolean whole = sum(Arrays.copyOf(bytes, SIZE - Integer.BYTES)) == Bytes.intAt(bytes, SIZE - Integer.BYTES);
        return whole ? new FileHead(Bytes.intAt(bytes, 8), Bytes.longAt(bytes, 12)) : new FileHead(VERSION, -1);
    }

    private static int sum(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
