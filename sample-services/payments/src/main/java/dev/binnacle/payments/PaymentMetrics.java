package dev.binnacle.payments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts payments by how they ended. All series exist from the start, so that no first increment is lost. */
@Singleton
@Startup
class PaymentMetrics {
    private final Map<Outcome, Counter> payments = new EnumMap<>(Outcome.class);

    PaymentMetrics(MeterRegistry meters) {
        for (Outcome outcome : Outcome.values()) {
            payments.put(
                    outcome,
                    Counter.builder("payments")
                            .description("Payments by how they ended")
                            .tag("result", outcome.label())
                            .register(meters));
        }
    }

    /** Counts a payment. */
    void ended(Outcome outcome) {
        Objects.requireNonNull(payments.get(outcome)).increment();
    }
}
