package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.Optional;

/**
 * When an endpoint that fails gets no requests for a while.
 *
 * @param consecutive5xx in a row, connection failures among them; 0 for never, empty for Envoy's default, 5
 * @param consecutiveGatewayErrors 502, 503 and 504 in a row; 0 or empty for never
 * @param localOrigin failures to reach it, when they are counted apart from its own answers
 * @param interval between two looks; empty for Envoy's default, 10 s
 * @param baseEjectionTime times the number of ejections so far; empty for Envoy's default, 30 s
 * @param maxEjectionPercent of the endpoints that may be ejected; empty for Envoy's default, 10
 * @param minHealthPercent with fewer healthy endpoints than this all get requests
 */
public record OutlierDetection(
        Optional<Integer> consecutive5xx,
        Optional<Integer> consecutiveGatewayErrors,
        Optional<LocalOrigin> localOrigin,
        Optional<Duration> interval,
        Optional<Duration> baseEjectionTime,
        Optional<Integer> maxEjectionPercent,
        int minHealthPercent) {
    /** What {@link #maxEjectionPercent} is when nothing is said. */
    public static final int DEFAULT_MAX_PERCENT = 10;

    /** Failures to reach an endpoint, in a row; empty for Envoy's default, 5. */
    public record LocalOrigin(Optional<Integer> consecutiveFailures) {}

    /** Returns how many of {@code endpoints} may be ejected at the same time. */
    public int mostEjected(int endpoints) {
        return endpoints * maxEjectionPercent.orElse(DEFAULT_MAX_PERCENT) / 100;
    }
}
