package dev.binnacle.prometheus.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The end of the time that something may take. */
public final class Deadline {
    private final Duration limit;
    private final long end;

    private Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Returns the one that is {@code limit} from now. */
    public static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    /** Returns the milliseconds that are left, at least 1. */
    int millisLeft() throws SocketTimeoutException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw exceeded();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    SocketTimeoutException exceeded() {
        return new SocketTimeoutException("no whole answer within " + limit.toMillis() + " ms");
    }
}
