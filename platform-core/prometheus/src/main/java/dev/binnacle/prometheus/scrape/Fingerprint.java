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

    long high;
    long low;

    /** Computes the fingerprint of {@code length} bytes. */
    void of(byte[] bytes, int from, int length) {
        long first = A ^ length;
        long second = B;
        int at = from;
        for (int last = from + length - 16; at <= last; at += 16) {
            long x = (long) LONG.get(bytes, at);
            long y = (long) LONG.get(bytes, at + 8);
            first = mix(x ^ C, y ^ first);
            second = mix(x ^ second, y ^ D);
        }
        long x = 0;
        long y = 0;
        int rest = from + length - at;
        for (int i = 0; i < rest; i++) {
            long b = bytes[at + i] & 0xffL;
            if (i < 8) {
                x |= b << (8 * i);
            } else {
                y |= b << (8 * (i - 8));
            }
        }
        first = mix(x ^ C, y ^ first);
        second = mix(x ^ second, y ^ D);
        high = mix(first ^ B, second ^ A);
        low = mix(first ^ D, C) ^ second;
    }

    private static long mix(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }
}
