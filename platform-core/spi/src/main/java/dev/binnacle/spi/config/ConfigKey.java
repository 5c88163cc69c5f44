package dev.binnacle.spi.config;

import org.jspecify.annotations.Nullable;

/**
 * One setting of an extension.
 *
 * <pre>{@code
 * static final ConfigKey<Duration> EXPIRY =
 *         new ConfigKey<>("expiry", ValueType.DURATION, "5m", "A series not seen for this long is left out");
 * }</pre>
 *
 * @param name lower-case words joined by {@code -}
 * @param type how its text becomes a value
 * @param fallback the text that holds when the user writes none; null when the user has to write one
 * @param description one sentence for the user, with the unit where there is one
 */
public record ConfigKey<T>(
        String name, ValueType<T> type, @Nullable String fallback, String description) {
    public ConfigKey {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a setting's name is lower-case words joined by '-', got " + name);
        }
        if (fallback != null && !type.accepts(fallback)) {
            throw new IllegalArgumentException(
                    "the fallback of " + name + " must be " + type.name() + ", got " + fallback);
        }
    }
}
