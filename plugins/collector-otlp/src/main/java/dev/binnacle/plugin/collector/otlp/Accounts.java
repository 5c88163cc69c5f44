package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Meters.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what came and what became of it. */
final class Accounts {
    private final Map<Signal, Counter> taken = new EnumMap<>(Signal.class);
    private final Map<Signal, Counter> rejected = new EnumMap<>(Signal.class);
    private final Map<Signal, Counter> forwarded = new EnumMap<>(Signal.class);
    private final Map<Signal, Counter> lost = new EnumMap<>(Signal.class);
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    Accounts(Meters meters) {
        taken.put(Signal.TRACES, meters.counter("otlp_spans", "Spans that were taken"));
        taken.put(Signal.METRICS, meters.counter("otlp_samples", "Samples that metrics were made into"));
        rejected.put(
                Signal.TRACES,
                meters.counter("otlp_rejected_spans", "Spans that are invalid; their senders were told"));
        rejected.put(
                Signal.METRICS,
                meters.counter(
                        "otlp_rejected_data_points", "Data points without a place here; their senders were told"));
        forwarded.put(Signal.TRACES, meters.counter("otlp_forwarded_spans", "Spans that were passed on"));
        forwarded.put(Signal.METRICS, meters.counter("otlp_forwarded_data_points", "Data points that were passed on"));
        String help = "Dropped on their way on: too many waited, or the endpoint did not take them";
        lost.put(Signal.TRACES, meters.counter("otlp_forward_lost_spans", help));
        lost.put(Signal.METRICS, meters.counter("otlp_forward_lost_data_points", help));
        for (var reason : Refusal.values()) {
            refused.put(
                    reason,
                    meters.counter(
                            "otlp_refused_" + reason.label() + "_requests", "Requests of which nothing was taken"));
        }
    }

    void taken(Signal signal, long items) {
        add(taken, signal, items);
    }

    void rejected(Signal signal, long items) {
        add(rejected, signal, items);
    }

    void forwarded(Signal signal, long items) {
        add(forwarded, signal, items);
    }

    void lost(Signal signal, long items) {
        add(lost, signal, items);
    }

    void refused(Refusal reason) {
        add(refused, reason, 1);
    }

    private static <K> void add(Map<K, Counter> counters, K what, long amount) {
        Objects.requireNonNull(counters.get(what)).add(amount);
    }
}
