package dev.binnacle.plugins;

import java.time.Duration;

/**
 * What a plugin may take.
 *
 * @param start how long loading and starting one extension may take
 * @param call how long one call of a running extension may take
 * @param stop how long closing one extension may take
 * @param threads how many threads the extensions of one plugin share; a call that hangs keeps one of them
 */
public record Limits(Duration start, Duration call, Duration stop, int threads) {
    /** Ten seconds to start and for a call, five to stop, four threads. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5), 4);

    public Limits {
        if (threads < 1) {
            throw new IllegalArgumentException("a plugin needs at least one thread, got " + threads);
        }
    }
}
