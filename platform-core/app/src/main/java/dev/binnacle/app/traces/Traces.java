package dev.binnacle.app.traces;

import dev.binnacle.pipeline.trace.TraceStats;
import dev.binnacle.pipeline.trace.TraceStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** The application's store of traces, with its account as metrics. */
@ApplicationScoped
public class Traces {
    private final TraceStore store;

    @Inject
    Traces(TracesConfig config, MeterRegistry registry) {
        store = new TraceStore(config.limits());
        gauge(registry, "binnacle.traces.kept", "Traces in memory", TraceStats::traces);
        gauge(registry, "binnacle.traces.kept.spans", "Spans in memory", TraceStats::spans);
        gauge(registry, "binnacle.traces.kept.bytes", "Memory that they take, as estimated", TraceStats::bytes);
        counter(registry, "binnacle.traces.evicted", "Traces that made room for newer ones", TraceStats::evictedTraces);
        counter(registry, "binnacle.traces.received.spans", "Spans that receivers took", TraceStats::received);
        counter(registry, "binnacle.traces.repeated.spans", "Spans that came again", TraceStats::repeated);
        counter(
                registry,
                "binnacle.traces.dropped.spans",
                "Spans of traces that have too many, or too large to be kept",
                TraceStats::dropped);
        counter(registry, "binnacle.traces.evicted.spans", "Spans of evicted traces", TraceStats::evictedSpans);
    }

    /** Returns the store. */
    public TraceStore store() {
        return store;
    }

    private void gauge(MeterRegistry registry, String name, String help, ToDoubleFunction<TraceStats> value) {
        Gauge.builder(name, store, s -> value.applyAsDouble(s.stats()))
                .description(help)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String help, ToDoubleFunction<TraceStats> value) {
        FunctionCounter.builder(name, store, s -> value.applyAsDouble(s.stats()))
                .description(help)
                .register(registry);
    }
}
