package dev.binnacle.plugin.generator.grafana.model;

import java.util.List;

/**
 * From this value on it has this colour.
 *
 * @param from in the panel's unit; the lowest of a panel's has none below it
 */
public record Threshold(double from, Tone tone) {
    public Threshold {
        if (tone == Tone.PALETTE) {
            throw new IllegalArgumentException("a threshold has a colour of its own");
        }
    }

    /** Returns: fine until {@code warn}, then to be looked at, and bad from {@code bad} on. */
    public static List<Threshold> rising(double warn, double bad) {
        return List.of(
                new Threshold(Double.NEGATIVE_INFINITY, Tone.OK),
                new Threshold(warn, Tone.WARN),
                new Threshold(bad, Tone.BAD));
    }

    /** Returns: bad until {@code warn}, then to be looked at, and fine from {@code fine} on. */
    public static List<Threshold> falling(double warn, double fine) {
        return List.of(
                new Threshold(Double.NEGATIVE_INFINITY, Tone.BAD),
                new Threshold(warn, Tone.WARN),
                new Threshold(fine, Tone.OK));
    }

    /** Returns: fine until {@code bad}, and bad from there on. */
    public static List<Threshold> none(double bad) {
        return List.of(new Threshold(Double.NEGATIVE_INFINITY, Tone.OK), new Threshold(bad, Tone.BAD));
    }

    /** Returns: a number without a judgement. */
    public static List<Threshold> neutral() {
        return List.of(new Threshold(Double.NEGATIVE_INFINITY, Tone.NEUTRAL));
    }
}
