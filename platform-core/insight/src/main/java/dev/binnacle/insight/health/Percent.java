package dev.binnacle.insight.health;

import java.util.Locale;

/** Shares in words. */
public final class Percent {
    private static final double WHOLE = 100;

    private Percent() {}

    /** Returns a share, 0 to 1, with two significant digits below ten percent. */
    public static String of(double share) {
        double percent = share * WHOLE;
        if (percent == 0) {
            return "0 %";
        }
        return String.format(Locale.ROOT, percent < 10 ? "%.2g %%" : "%.0f %%", percent);
    }
}
