package dev.binnacle.insight.health;

/**
 * From where on something does badly.
 *
 * @param degraded share of failed requests, 0 to 1
 * @param failing the same, and at least as much
 * @param enough with fewer requests than this a failure is no proof: nothing is called failing for it
 */
public record Thresholds(double degraded, double failing, double enough) {
    /** One of a hundred hurts a user who asks a hundred times; five of a hundred hurt everybody. */
    public static final Thresholds DEFAULT = new Thresholds(0.01, 0.05, 20);

    public Thresholds {
        if (!(degraded > 0 && degraded <= failing && failing <= 1)) {
            throw new IllegalArgumentException(
                    "shares of failures must be 0 < degraded <= failing <= 1, got " + degraded + " and " + failing);
        }
        if (!(enough >= 1)) {
            throw new IllegalArgumentException("at least one request is evidence, got " + enough);
        }
    }
}
