package dev.binnacle.pipeline.buffer;

import java.nio.charset.StandardCharsets;

/** Reads what {@link Bytes} wrote. What is read has passed its checksum, so it is as it was written. */
final class Cursor {
    private final byte[] array;
    private int at;

    Cursor(byte[] array) {
        this.array = array;
    }

    int readInt() {
        at += Integer.BYTES;
        return Bytes.intAt(array, at - Integer.BYTES);
    }

    long readLong() {
        at += Long.BYTES;
        return Bytes.longAt(array, at - Long.BYTES);
    }

    long readVarint() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = array[at++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    String readText() {
        int length = (int) readVarint();
        at += length;
        return new String(array, at - length, length, StandardCharsets.UTF_8);
    }
}
