package dev.binnacle.insight.series;

/** What is drawn. */
public enum Signal {
    /** Requests per second. */
    REQUESTS("1/s"),
    /** The share of them that failed, 0 to 1. */
    ERRORS("share"),
    /** How long they took. */
    LATENCY("ms");

    private final String unit;

    Signal(String unit) {
        this.unit = unit;
    }

    /** Returns in what it is measured. */
    public String unit() {
        return unit;
    }
}
