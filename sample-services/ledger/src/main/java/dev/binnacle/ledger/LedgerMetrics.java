package dev.binnacle.ledger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the ledger counts. */
final class LedgerMetrics {
    private final MeterRegistry meters;

    LedgerMetrics(MeterRegistry meters) {
        this.meters = meters;
        // Series that exist from the start lose no first increment to rate().
        for (String result : new String[] {"ok", "error"}) {
            meters.counter("ledger.requests", "result", result);
        }
        for (String reason : new String[] {"busy", "too-long", "slow"}) {
            meters.counter("ledger.connections.closed", "reason", reason);
        }
    }

    /** Shows the number of entries, as a gauge and, since it only grows, as a counter to take a rate of. */
    void entries(Ledger ledger) {
        Gauge.builder("ledger.entries", ledger, Ledger::count)
                .description("Entries in the book")
                .register(meters);
        FunctionCounter.builder("ledger.appends", ledger, Ledger::count)
                .description("Entries booked since the start")
                .register(meters);
    }

    /** Shows the number of open connections. */
    <T> void connections(T open, ToDoubleFunction<T> count) {
        Gauge.builder("ledger.connections", open, count)
                .description("Open connections")
                .register(meters);
    }

    /** Counts an answer; the result is {@code ok} or {@code error}. */
    void answered(String result) {
        meters.counter("ledger.requests", "result", result).increment();
    }

    /** Counts a connection that we closed: {@code busy}, {@code too-long} or {@code slow}. */
    void closed(String reason) {
        meters.counter("ledger.connections.closed", "reason", reason).increment();
    }
}
