package dev.binnacle.prometheus.scrape;

/** Reads the numbers that most lines have: few digits, no sign of anything special. */
final class ShortDecimal {
    /** 2 to the 53rd: whole numbers up to it are exact, and so is one rounding when it is scaled by an exact power of ten. */
    private static final long EXACT = 1L << 53;

    private static final int MOST_DIGITS = 18;
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
        int at = from;
        boolean negative = at < limit && bytes[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
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
        int exponent = point < 0 ? 0 : point + 1 - at;
        if (count == 0 || count > MOST_DIGITS || digits > EXACT) {
            return false;
        }
        if (at < limit && bytes[at] == 'e') {
            int sign = at + 1 < limit && bytes[at + 1] == '-' ? -1 : 1;
            at += at + 1 < limit && (bytes[at + 1] == '-' || bytes[at + 1] == '+') ? 2 : 1;
            int scale = 0;
            int begin = at;
            while (at < limit && bytes[at] >= '0' && bytes[at] <= '9' && at < begin + 3) {
                scale = 10 * scale + bytes[at++] - '0';
            }
            if (at == begin) {
                return false;
            }
            exponent += sign * scale;
        }
        if (at >= limit || bytes[at] != last || exponent >= POWERS.length || -exponent >= POWERS.length) {
            return false;
        }
        double scaled = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        value = negative ? -scaled : scaled;
        end = at;
        return true;
    }
}
