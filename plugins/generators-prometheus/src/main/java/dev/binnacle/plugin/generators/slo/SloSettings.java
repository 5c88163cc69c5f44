package dev.binnacle.plugin.generators.slo;

import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import java.time.Duration;
import java.util.List;

/**
 * What the user decides about all objectives.
 *
 * @param interval pause between two evaluations
 * @param fewest so many bad events in an alert's long window are needed before anybody is told, unless the SLO says more
 * @param routeLabel the label of the metrics that says which route a request took
 */
record SloSettings(Duration interval, int fewest, String routeLabel) {
    static final ConfigKey<Duration> EVALUATION_INTERVAL = new ConfigKey<>(
            "evaluation-interval", ValueType.DURATION, "30s", "Pause between two evaluations; at most 1m");
    static final ConfigKey<Integer> MINIMUM_BAD_EVENTS = new ConfigKey<>(
            "minimum-bad-events",
            ValueType.INTEGER,
            "5",
            "So many bad events in an alert's long window are needed before anybody is told");
    static final ConfigKey<String> ROUTE_LABEL = new ConfigKey<>(
            "route-label",
            ValueType.TEXT,
            "request_operation",
            "The label that a Telemetry resource writes the route to");

    static final List<ConfigKey<?>> KEYS = List.of(EVALUATION_INTERVAL, MINIMUM_BAD_EVENTS, ROUTE_LABEL);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    static SloSettings from(Settings settings) throws InvalidConfigException {
        var result = new SloSettings(
                settings.get(EVALUATION_INTERVAL), settings.get(MINIMUM_BAD_EVENTS), settings.get(ROUTE_LABEL));
        boolean whole = result.interval.toMillisPart() == 0;
        if (!whole || result.interval.compareTo(LONGEST) > 0) {
            throw new InvalidConfigException(List.of(new ConfigProblem(
                    EVALUATION_INTERVAL.name(),
                    "is not whole seconds up to 1m: long windows are evaluated four times less often, and Prometheus forgets"
                            + " what is older than 5m",
                    "Write 30s")));
        }
        return result;
    }
}
