package dev.binnacle.plugin.collector.probe;

import dev.binnacle.prometheus.http.Step;
import dev.binnacle.spi.model.Labels;
import java.io.IOException;
import java.util.List;

/** Asks {@code grpc.health.v1.Health/Check}, in plain text. */
final class GrpcProber implements Prober {
    private static final List<String> HEALTHS = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");
    private static final int SERVING = 1;

    @Override
    public void ask(Route route, Verdict verdict) throws IOException {
        var url = route.probe().url();
        try (var dialed = route.dial(url, verdict)) {
            int health;
            try {
                health = new HealthCall(dialed.in(), dialed.out())
                        .check(url.getRawAuthority(), route.probe().service());
            } catch (IOException e) {
                throw dialed.failure(e);
            }
            verdict.steps().end(Step.PROCESSING);
            for (int known = 0; known < HEALTHS.size(); known++) {
                verdict.found(
                        ProbeMetrics.HEALTH, Labels.of("serving_status", HEALTHS.get(known)), health == known ? 1 : 0);
            }
            if (health != SERVING) {
                throw new IOException("the server says it is "
                        + (health < HEALTHS.size() ? HEALTHS.get(health) : "in state " + health));
            }
        }
    }
}
