package dev.binnacle.plugins;

import org.jspecify.annotations.Nullable;

/** A plugin cannot be loaded; the message is the reason that operators read. */
final class PluginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    PluginRefusedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    PluginRefusedException(String reason) {
        this(reason, null);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
