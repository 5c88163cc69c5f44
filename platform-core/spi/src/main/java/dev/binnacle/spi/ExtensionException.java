package dev.binnacle.spi;

import org.jspecify.annotations.Nullable;

/**
 * A failure that an extension foresaw. Anything else it throws counts as a mistake in the extension.
 *
 * <p>The message is shown to operators as the extension's reason: where, what, and what to do about it.
 */
public abstract class ExtensionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    protected ExtensionException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Tells whether trying again can help. */
    public final FailureKind kind() {
        return kind;
    }
}
