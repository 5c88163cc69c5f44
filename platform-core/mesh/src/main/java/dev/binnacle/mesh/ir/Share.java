package dev.binnacle.mesh.ir;

/**
 * A part of all requests.
 *
 * @param millionths of them: 1,000,000 for all
 */
public record Share(int millionths) {
    /** Every request. */
    public static final Share ALL = new Share(1_000_000);

    public Share {
        if (millionths < 0 || millionths > 1_000_000) {
            throw new IllegalArgumentException("a share is between 0 and 1,000,000 millionths, got " + millionths);
        }
    }

    /** Tells whether it is that of no request. */
    public boolean isNone() {
        return millionths == 0;
    }

    /** Returns it in percent, {@code 12.5%}. */
    @Override
    public String toString() {
        return java.math.BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + "%";
    }
}
