package dev.binnacle.pipeline.buffer;

import java.util.zip.CRC32C;

/** The form of a frame: a mark, the content's length, a checksum over length and content, the content. */
final class Frames {
    static final int MARK = 0xB17A_C1E5;
    static final int HEAD = 12;
    static final int LONGEST = 1 << 24;

    private static final int LENGTH_AT = 4;
    private static final int SUM_AT = 8;

    private Frames() {}

    /** Begins a frame at the end of {@code out}; returns where it is. */
    static int begin(Bytes out) {
        int at = out.size();
        out.putInt(MARK);
        out.putInt(0);
        out.putInt(0);
        return at;
    }

    /** Ends the frame that began at {@code at}: all that was written since is its content. */
    static void end(Bytes out, int at) {
        int length = out.size() - at - HEAD;
        out.putInt(at + LENGTH_AT, length);
        out.putInt(at + SUM_AT, sum(length, out.array(), at + HEAD));
    }

    static int sum(int length, byte[] array, int from) {
        var sum = new CRC32C();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            sum.update(length >>> shift);
        }
        sum.update(array, from, length);
        return (int) sum.getValue();
    }
}
