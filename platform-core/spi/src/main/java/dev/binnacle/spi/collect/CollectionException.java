package dev.binnacle.spi.collect;

import dev.binnacle.spi.ExtensionException;
import dev.binnacle.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/** A collector could not look at all. */
public final class CollectionException extends ExtensionException {
    private static final long serialVersionUID = 1L;

    public CollectionException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, cause);
    }
}
