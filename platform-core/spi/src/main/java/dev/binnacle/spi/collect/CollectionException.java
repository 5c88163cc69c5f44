package dev.binnacle.spi.collect;

import dev.binnacle.spi.ExtensionException;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.model.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collector could not look at all, unless it says what it saw ({@link #partial}). */
public final class CollectionException extends ExtensionException {
    private static final long serialVersionUID = 1L;

    private final transient List<Sample> seen;

    public CollectionException(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, List.of());
    }

    private CollectionException(FailureKind kind, String message, @Nullable Throwable cause, List<Sample> seen) {
        super(kind, message, cause);
        this.seen = List.copyOf(seen);
    }

    /**
     * Returns the failure to see everything. The host takes {@code seen} as if it had been returned, and shows the extension as Degraded
     * for the reason in {@code message}.
     */
    public static CollectionException partial(List<Sample> seen, String message) {
        return new CollectionException(FailureKind.TRANSIENT, message, null, seen);
    }

    /** Returns what was seen all the same. */
    public List<Sample> seen() {
        return seen;
    }
}
