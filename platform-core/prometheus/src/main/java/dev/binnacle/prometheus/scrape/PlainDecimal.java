package dev.binnacle.prometheus.scrape;

/** Reads the numbers that most lines have: digits, perhaps a point, perhaps an exponent. */
final class PlainDecimal {
    /** 2 to the 53rd: whole numbers up to it are exact, and so is one rounding when it is scaled by an exact power of ten. */
    private static final long EXACT = 1L << 53;

    private static final int MOST_DIGITS = 18;
    private static final int MOST_EXPONENT_DIGITS = 3;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    double value;

    /** The position behind the number. */
    int end;

    /**
     * Reads the number that ends with {@code last}.
     *
     * @return whether it was one that can be read here; when not, ask {@code Numbers}
     */
    boolean read(byte[] bytes, int from, int limit, int last) {
        boolean negative = from < limit && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int at = first;
        long digits = 0;
        int point = -1;
        for (; at < limit; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
            } else if (bytes[at] == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        int count = at - first - (point < 0 ? 0 : 1);
        if (count == 0 || count > MOST_DIGITS) {
            return false;
        }
        end = at;
        int exponent = (point < 0 ? 0 : point + 1 - at) + exponent(bytes, limit);
        if (end >= limit || bytes[end] != last) {
            return false;
        }
        double scaled = scaled(digits, exponent);
        value = negative ? -scaled : scaled;
        return !Double.isNaN(scaled);
    }

    /** Reads an exponent, and goes on behind it; when it is none it stays there, which is no end of a number. */
    private int exponent(byte[] bytes, int limit) {
        if (end + 1 >= limit || (bytes[end] | 0x20) != 'e') {
            return 0;
        }
        boolean negative = bytes[end + 1] == '-';
        int begin = end + (negative || bytes[end + 1] == '+' ? 2 : 1);
        int at = begin;
        int exponent = 0;
        while (at < limit && at < begin + MOST_EXPONENT_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
            exponent = 10 * exponent + bytes[at++] - '0';
        }
        end = at == begin ? end : at;
        return negative ? -exponent : exponent;
    }

    private static double scaled(long digits, int exponent) {
        int size = Math.abs(exponent);
        if (digits <= EXACT && size < POWERS.length) {
            return exponent < 0 ? digits / POWERS[size] : digits * POWERS[size];
        }
        if (digits == 0) {
            return 0;
        }
        return size <= DecimalRounding.LARGEST_EXPONENT ? DecimalRounding.nearest(digits, exponent) : Double.NaN;
    }
}
