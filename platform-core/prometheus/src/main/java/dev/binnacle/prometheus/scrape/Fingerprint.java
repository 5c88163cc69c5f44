package dev.binnacle.prometheus.scrape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 128 bits that stand for some bytes, so that they need not be kept. They are good for one target's pages: whoever finds two
 * lines with the same ones confuses nobody's series but its own.
 */
final class Fingerprint {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long A = 0xa0761d6478bd642fL;
    private static final long B = 0xe7037ed1a0b428dbL;
    private static final long C = 0x8ebc6af09c88c6e3L;
    private static final long D = 0x589965cc75374cc3L;

    /** Bytes that are taken at a time. */
    private static final int BLOCK = 2 * Long.BYTES;

    long high;
    long low;

    /** Computes the fingerprint of {@code length} bytes. */
    void of(byte[] bytes, int from, int length) {
        long first = A ^ length;
        long second = B;
        int end = from + length;
        for (int at = from; at < end - BLOCK; at += BLOCK) {
            long x = (long) LONG.get(bytes, at);
            long y = (long) LONG.get(bytes, at + Long.BYTES);
            first = mix(x ^ C, y ^ first);
            second = mix(x ^ second, y ^ D);
        }
        // The last ones, some of them a second time; few bytes as what they are.
        long x = length >= BLOCK ? (long) LONG.get(bytes, end - BLOCK) : few(bytes, from, Math.min(length, Long.BYTES));
        long y = length >= Long.BYTES ? (long) LONG.get(bytes, end - Long.BYTES) : 0;
        first = mix(x ^ C, y ^ first);
        second = mix(x ^ second, y ^ D);
        high = mix(first ^ B, second ^ A);
        low = mix(first ^ D, C) ^ second;
    }

    private static long few(byte[] bytes, int from, int length) {
        if (length == Long.BYTES) {
            return (long) LONG.get(bytes, from);
        }
        long few = 0;
        for (int i = 0; i < length; i++) {
            few = few << Byte.SIZE | bytes[from + i] & 0xff;
        }
        return few;
    }

    private static long mix(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }
}
