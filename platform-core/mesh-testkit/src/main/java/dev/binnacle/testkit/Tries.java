package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.Effects.Retries;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import java.util.List;
import java.util.Optional;

/** Counts how often a real Envoy tries when servers fail. */
final class Tries {
    private static final int FAILURE = 503;

    private Tries() {}

    static void check(EnvoyMesh running, WhyRequest request, Answer answer, Failures failures) {
        var effects = answer.effects();
        if (effects == null
                || effects.status() != null
                || effects.fault() != null
                || !answer.notes().isEmpty()) {
            return;
        }
        var status = Optional.ofNullable(effects.retries()).flatMap(Tries::retried);
        int expected = 1
                + status.map(s -> effects.retries() == null
                                ? 0
                                : effects.retries().attempts())
                        .orElse(0);
        var seen = running.failing(status.orElse(FAILURE)).send(answer, request);
        var tries = seen.server().map(s -> s.header("x-envoy-attempt-count")).orElse(List.of());
        if (!tries.equals(List.of(String.valueOf(expected)))) {
            throw failures.of(
                    expected + " tries when servers answer " + status.orElse(FAILURE),
                    "Envoy's last try was " + tries,
                    "");
        }
    }

    /** Returns a status that is worth another try; empty when only broken connections are. */
    private static Optional<Integer> retried(Retries retries) {
        return retries.statusCodes().stream()
                .findFirst()
                .or(() -> Optional.of(FAILURE)
                        .filter(status ->
                                retries.on().contains("5xx") || retries.on().contains("gateway-error")));
    }
}
