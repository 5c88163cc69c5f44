package dev.binnacle.plugin.exporters.prometheus.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes of a protobuf message that grow and are used again. Written by hand because generated classes would make objects of every label
 * of every sample, which is most of the work there is.
 */
final class ProtoBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes;
    private int size;

    ProtoBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    void write(int oneByte) {
        reserve(1);
        bytes[size++] = (byte) oneByte;
    }

    void write(byte[] more) {
        write(more, 0, more.length);
    }

    void write(ProtoBuffer more) {
        write(more.bytes, 0, more.size);
    }

    private void write(byte[] more, int from, int length) {
        reserve(length);
        System.arraycopy(more, from, bytes, size, length);
        size += length;
    }

    /** Writes the eight bytes of a {@code fixed64} or {@code double}. */
    void writeFixed(long bits) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, bits);
        size += Long.BYTES;
    }

    void writeVarint(long value) {
        reserve(LONGEST_VARINT);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** Writes a field whose content is bytes: a string or a message. */
    void writeField(int tag, byte[] content) {
        write(tag);
        writeVarint(content.length);
        write(content);
    }

    /** Returns how many bytes {@link #writeVarint} writes. */
    static int varintSize(long value) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
