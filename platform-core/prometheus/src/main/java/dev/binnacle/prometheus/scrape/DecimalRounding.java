package dev.binnacle.prometheus.scrape;

import java.math.BigInteger;

/**
 * The double that is nearest to a decimal number, by Eisel's and Lemire's method ("Number Parsing at a Gigabyte per Second", 2021): one or two
 * multiplications by a power of ten of 128 bits. Where those do not decide, it says so.
 */
final class DecimalRounding {
    /** Beyond this exponent, up or down, others have to be asked. */
    static final int LARGEST_EXPONENT = 64;

    private static final int LOW_BITS = 0x1ff;
    private static final int BIAS = 1023;
    private static final int LARGEST_BINARY_EXPONENT = 0x7ff;
    private static final int MANTISSA_BITS = 52;

    /** The first 64 bits of each power, and the next 64. */
    private static final long[] HIGH = new long[2 * LARGEST_EXPONENT + 1];

    private static final long[] LOW = new long[2 * LARGEST_EXPONENT + 1];

    static {
        for (int exponent = -LARGEST_EXPONENT; exponent <= LARGEST_EXPONENT; exponent++) {
            var power = BigInteger.TEN.pow(Math.abs(exponent));
            var scaled = exponent < 0
                    ? BigInteger.ONE
                            .shiftLeft(4 * Long.SIZE + power.bitLength())
                            .divide(power)
                    : power.shiftLeft(2 * Long.SIZE);
            var bits = scaled.shiftRight(scaled.bitLength() - 2 * Long.SIZE);
            HIGH[exponent + LARGEST_EXPONENT] = bits.shiftRight(Long.SIZE).longValue();
            LOW[exponent + LARGEST_EXPONENT] = bits.longValue();
        }
    }

    private DecimalRounding() {}

    /**
     * Returns the double nearest to {@code digits * 10^exponent}; NaN when it cannot tell.
     *
     * @param digits not 0; unsigned
     * @param exponent no further from 0 than {@link #LARGEST_EXPONENT}
     */
    static double nearest(long digits, int exponent) {
        int zeros = Long.numberOfLeadingZeros(digits);
        long shifted = digits << zeros;
        long power = HIGH[exponent + LARGEST_EXPONENT];
        long high = Math.unsignedMultiplyHigh(shifted, power);
        long low = shifted * power;
        if ((high & LOW_BITS) == LOW_BITS && Long.compareUnsigned(low + shifted, shifted) < 0) {
            long further = LOW[exponent + LARGEST_EXPONENT];
            long sum = low + Math.unsignedMultiplyHigh(shifted, further);
            high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
            boolean undecided = (high & LOW_BITS) == LOW_BITS
                    && sum == -1
                    && Long.compareUnsigned(shifted * further + shifted, shifted) < 0;
            if (undecided) {
                return Double.NaN;
            }
            low = sum;
        }
        return rounded(high, low, binaryExponent(exponent) - zeros);
    }

    private static int binaryExponent(int exponent) {
        // 217706 / 2^16 is the binary logarithm of ten.
        return (217706 * exponent >> 16) + Long.SIZE + BIAS;
    }

    private static double rounded(long high, long low, int scale) {
        int first = (int) (high >>> (Long.SIZE - 1));
        long mantissa = high >>> (first + 9);
        int exponent = scale - (1 ^ first);
        if (low == 0 && (high & LOW_BITS) == 0 && (mantissa & 3) == 1) {
            return Double.NaN;
        }
        mantissa = mantissa + (mantissa & 1) >>> 1;
        if (mantissa >>> (MANTISSA_BITS + 1) > 0) {
            mantissa >>>= 1;
            exponent++;
        }
        if (exponent <= 0 || exponent >= LARGEST_BINARY_EXPONENT) {
            return Double.NaN;
        }
        return Double.longBitsToDouble((long) exponent << MANTISSA_BITS | mantissa & (1L << MANTISSA_BITS) - 1);
    }
}
