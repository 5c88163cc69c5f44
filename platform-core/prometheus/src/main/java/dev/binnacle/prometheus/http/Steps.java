package dev.binnacle.prometheus.http;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long each step took; steps that came several times are added up. For one thread at a time. */
public final class Steps {
    private final Map<Step, Duration> took = new EnumMap<>(Step.class);
    private long last = System.nanoTime();

    /** Begins anew with the next step; what was between this and the step before counts nowhere. */
    public void begin() {
        last = System.nanoTime();
    }

    /** Ends a step: it took from the end of the one before until now. */
    public void end(Step step) {
        long now = System.nanoTime();
        took.merge(step, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    /** Returns the steps that have ended. */
    public Map<Step, Duration> took() {
        return Map.copyOf(took);
    }
}
