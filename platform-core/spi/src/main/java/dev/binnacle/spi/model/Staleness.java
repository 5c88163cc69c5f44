package dev.binnacle.spi.model;

/** The value by which a series says that it has ended: Prometheus' stale marker, a NaN with bits of its own. */
public final class Staleness {
    /** The marker. Compare it with {@link #isMarker}: as a NaN it equals nothing. */
    public static final double MARKER = Double.longBitsToDouble(0x7ff0000000000002L);

    private Staleness() {}

    /** Tells whether {@code value} is the marker, and no other NaN. */
    public static boolean isMarker(double value) {
        return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(MARKER);
    }
}
