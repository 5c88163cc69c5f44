package dev.binnacle.spi.export;

import dev.binnacle.spi.ExtensionException;
import dev.binnacle.spi.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A batch was not delivered: none of it, as far as the exporter knows, unless it says how much ({@link #partial}). */
public final class ExportException extends ExtensionException {
    private static final long serialVersionUID = 1L;

    private static final int ALL = -1;

    private final @Nullable Duration retryAfter;
    private final boolean tooLarge;
    private final int refused;

    public ExportException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, null, false, ALL);
    }

    private ExportException(
            FailureKind kind,
            String message,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter,
            boolean tooLarge,
            int refused) {
        super(kind, message, cause);
        this.retryAfter = retryAfter;
        this.tooLarge = tooLarge;
        this.refused = refused;
    }

    /** Returns a transient failure whose receiver asked not to be called again for {@code pause}. */
    public static ExportException retryAfter(Duration pause, String message) {
        return new ExportException(FailureKind.TRANSIENT, message, null, pause, false, ALL);
    }

    /**
     * Returns the failure of a batch that its receiver would take in smaller parts. The host gives the batch again, half of it first; a
     * single sample that is too large is dropped.
     */
    public static ExportException tooLarge(String message) {
        return new ExportException(FailureKind.PERMANENT, message, null, null, true, ALL);
    }

    /**
     * Returns the failure of a batch of which the receiver took some samples, and will never take the others.
     *
     * @param refused how many it did not take; the host counts them as dropped and the others as delivered
     */
    public static ExportException partial(int refused, String message) {
        return new ExportException(FailureKind.PERMANENT, message, null, null, false, refused);
    }

    /** Returns how long the receiver asked to be left alone; empty when it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Tells whether smaller parts of the batch may be taken. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** Returns how many of a batch's {@code size} samples were not delivered: all, unless the exporter knows better. */
    public int refusedOf(int size) {
        return refused == ALL ? size : Math.clamp(refused, 0, size);
    }
}
