package dev.binnacle.spi.generate;

import dev.binnacle.spi.ExtensionException;
import dev.binnacle.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/** The manifests do not allow an answer; the message says which file, what, and what to do. */
public final class GenerationException extends ExtensionException {
    private static final long serialVersionUID = 1L;

    public GenerationException(String message, @Nullable Throwable cause) {
        super(FailureKind.PERMANENT, message, cause);
    }
}
