package dev.binnacle.spi.context;

import java.time.Duration;

/** Runs an extension's periodic work on the plugin's threads. */
public interface Timers {
    /**
     * Runs {@code task} every {@code period}, for the first time after one period, until the timer or the extension is
     * closed. Runs of one timer do not overlap: a late one is skipped. What the task throws is logged and counted, and the timer goes on.
     */
    Timer every(Duration period, Runnable task);

    /** A running timer. */
    interface Timer extends AutoCloseable {
        /** Stops it; a run under way ends by itself. Safe to call twice. */
        @Override
        void close();
    }
}
