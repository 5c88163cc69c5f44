package dev.binnacle.plugin.exporter.otlp;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Times as OTLP has them. */
final class Nanos {
    private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / TimeUnit.SECONDS.toNanos(1) - 1);

    private Nanos() {}

    static boolean reach(Instant at) {
        return at.isAfter(Instant.EPOCH) && at.isBefore(LAST);
    }

    static long of(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }
}
