package dev.binnacle.spi.export;

import dev.binnacle.spi.ExtensionException;
import dev.binnacle.spi.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A batch was not delivered: none of it, as far as the exporter knows. */
public final class ExportException extends ExtensionException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public ExportException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, null);
    }

    private ExportException(
            FailureKind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(kind, message, cause);
        this.retryAfter = retryAfter;
    }

    /** Returns a transient failure whose receiver asked not to be called again for {@code pause}. */
    public static ExportException retryAfter(Duration pause, String message) {
        return new ExportException(FailureKind.TRANSIENT, message, null, pause);
    }

    /** Returns how long the receiver asked to be left alone; empty when it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
