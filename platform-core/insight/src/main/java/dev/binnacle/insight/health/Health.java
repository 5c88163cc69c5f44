package dev.binnacle.insight.health;

/**
 * How well a workload or a service does.
 *
 * @param reason the numbers behind it and their thresholds, for a person
 */
public record Health(Status status, String reason) {
    /** From bad to good. */
    public enum Status {
        /** Users are hurt. */
        FAILING,
        /** Something is wrong, and most users do not notice. */
        DEGRADED,
        /** There is no saying: what would tell is missing. Never the same as well. */
        UNKNOWN,
        /** Nobody asks anything of it. */
        IDLE,
        OK
    }

    static Health unknown(String reason) {
        return new Health(Status.UNKNOWN, reason);
    }
}
