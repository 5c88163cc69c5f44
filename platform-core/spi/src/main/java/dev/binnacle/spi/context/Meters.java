package dev.binnacle.spi.context;

/**
 * An extension's own metrics, exported with the host's.
 *
 * <p>The host puts {@code binnacle_plugin_} before each name and adds the extension's id as a label. Asking twice for one
 * name gives the same meter. They vanish when the extension is unloaded.
 */
public interface Meters {
    /**
     * Returns a counter.
     *
     * @param name lower-case words joined by {@code _}, with the unit, without {@code _total}
     * @param help one sentence
     */
    Counter counter(String name, String help);

    /**
     * Returns a gauge, at first 0.
     *
     * @param name lower-case words joined by {@code _}, with the unit
     * @param help one sentence
     */
    Gauge gauge(String name, String help);

    /** A number that only grows. */
    @FunctionalInterface
    interface Counter {
        /** Adds {@code amount}, which is not negative. */
        void add(double amount);
    }

    /** A number that goes up and down. */
    @FunctionalInterface
    interface Gauge {
        /** Replaces the value. */
        void set(double value);
    }
}
