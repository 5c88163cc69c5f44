package dev.binnacle.loadgenerator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What was sent and what came back. */
final class LoadMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
        Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10)
    };

    private final MeterRegistry meters;

    LoadMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (Kind kind : Kind.values()) {
            sentCounter(kind);
            duration(kind);
        }
        lostCounter("dropped");
        lostCounter("missed");
    }

    /** Counts a request that was sent. */
    void sent(Kind kind) {
        sentCounter(kind).increment();
    }

    /**
     * Counts an answer, or that there was none.
     *
     * @param code the status, or {@code timeout}, {@code unreachable} or {@code broken}
     * @param sinceDue the time since the request was due, not since it was sent: a generator that could not keep up must
     *     not make the answers look faster
     */
    void answered(Kind kind, String code, Duration sinceDue) {
        meters.counter("loadgen.responses", "kind", kind.label(), "code", code).increment();
        duration(kind).record(sinceDue);
    }

    /** Counts requests that were due but not sent: {@code dropped} (too many in flight) or {@code missed} (too late). */
    void lost(String reason, long count) {
        lostCounter(reason).increment(count);
    }

    /** Shows a value. */
    void show(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(meters);
    }

    private Counter sentCounter(Kind kind) {
        return Counter.builder("loadgen.requests")
                .description("Requests sent")
                .tag("kind", kind.label())
                .register(meters);
    }

    private Counter lostCounter(String reason) {
        return Counter.builder("loadgen.lost")
                .description("Requests that were due but not sent")
                .tag("reason", reason)
                .register(meters);
    }

    private Timer duration(Kind kind) {
        return Timer.builder("loadgen.response")
                .description("From the moment a request was due to the end of its answer")
                .tag("kind", kind.label())
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }
}
