package dev.binnacle.plugins;

import org.jspecify.annotations.Nullable;

/** A call into a plugin did not end as the SPI promises; the message continues "the extension …". */
class GuardException extends Exception {
    private static final long serialVersionUID = 1L;

    GuardException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
