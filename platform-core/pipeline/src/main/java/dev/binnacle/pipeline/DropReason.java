package dev.binnacle.pipeline;

import java.util.Locale;

/** Why a sample did not get through. */
public enum DropReason {
    /** Too many samples waited, and this one was the oldest. */
    QUEUE_FULL,
    /** The exporter said that it will never take it. */
    PERMANENT_FAILURE,
    /** The exporter failed for so long that the pipeline gave up. */
    RETRIES_EXHAUSTED,
    /** The exporter was taken away and did not come back in time, or was removed. */
    EXPORTER_GONE,
    /** It was buffered on disk, where it can no longer be read. */
    DAMAGED,
    /** The pipeline was closed before the exporter took it. */
    SHUTDOWN;

    /** Returns the reason as a metric's label has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
