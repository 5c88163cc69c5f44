package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user decides about Prometheus' configuration.
 *
 * @param discovery the page that lists the targets
 * @param refresh how often Prometheus reads that page; its own default is a minute (facts F13)
 * @param interval pause between two scrapes of a target
 * @param timeout how long a scrape may take
 * @param evaluation pause between two evaluations of the rules
 * @param alertmanager {@code host:port} of Alertmanager
 * @param window over how long the recorded rates look
 * @param certificateWarning how long before its end a certificate is warned about
 */
record PrometheusSettings(
        URI discovery,
        Duration refresh,
        Duration interval,
        Duration timeout,
        Duration evaluation,
        String alertmanager,
        Duration window,
        Duration certificateWarning) {
    static final ConfigKey<URI> DISCOVERY_URL = new ConfigKey<>(
            "discovery-url", ValueType.URL, "http://127.0.0.1:8080/sd/prometheus", "The page that lists the targets");
    static final ConfigKey<Duration> REFRESH_INTERVAL = new ConfigKey<>(
            "refresh-interval", ValueType.DURATION, "5s", "How often Prometheus reads the list of targets");
    static final ConfigKey<Duration> SCRAPE_INTERVAL =
            new ConfigKey<>("scrape-interval", ValueType.DURATION, "5s", "Pause between two scrapes of a target");
    static final ConfigKey<Duration> SCRAPE_TIMEOUT =
            new ConfigKey<>("scrape-timeout", ValueType.DURATION, "4s", "How long a scrape may take");
    static final ConfigKey<Duration> EVALUATION_INTERVAL = new ConfigKey<>(
            "evaluation-interval", ValueType.DURATION, "5s", "Pause between two evaluations of the rules");
    static final ConfigKey<String> ALERTMANAGER =
            new ConfigKey<>("alertmanager", ValueType.TEXT, "127.0.0.1:9093", "Host and port of Alertmanager");
    static final ConfigKey<Duration> RATE_WINDOW = new ConfigKey<>(
            "rate-window", ValueType.DURATION, "5m", "Over how long the recorded rates look; at least four scrapes");

    static final ConfigKey<Duration> CERTIFICATE_WARNING = new ConfigKey<>(
            "certificate-warning",
            ValueType.DURATION,
            "336h",
            "How long before its end the certificate of a gateway is warned about");

    static final List<ConfigKey<?>> KEYS = List.of(
            DISCOVERY_URL,
            REFRESH_INTERVAL,
            SCRAPE_INTERVAL,
            SCRAPE_TIMEOUT,
            EVALUATION_INTERVAL,
            ALERTMANAGER,
            RATE_WINDOW,
            CERTIFICATE_WARNING);

    private static final int SCRAPES_PER_WINDOW = 4;

    static PrometheusSettings from(Settings settings) throws InvalidConfigException {
        var result = new PrometheusSettings(
                settings.get(DISCOVERY_URL),
                settings.get(REFRESH_INTERVAL),
                settings.get(SCRAPE_INTERVAL),
                settings.get(SCRAPE_TIMEOUT),
                settings.get(EVALUATION_INTERVAL),
                settings.get(ALERTMANAGER),
                settings.get(RATE_WINDOW),
                settings.get(CERTIFICATE_WARNING));
        var problems = result.problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return result;
    }

    private List<ConfigProblem> problems() {
        var problems = new ArrayList<ConfigProblem>();
        if (timeout.compareTo(interval) > 0) {
            problems.add(new ConfigProblem(
                    SCRAPE_TIMEOUT.name(),
                    PromDuration.format(timeout) + " is longer than the scrape interval, which Prometheus refuses",
                    "Write at most " + PromDuration.format(interval)));
        }
        // A shorter window may hold fewer than two samples after one missed scrape (facts F4).
        Duration shortest = interval.multipliedBy(SCRAPES_PER_WINDOW);
        if (window.compareTo(shortest) < 0) {
            problems.add(new ConfigProblem(
                    RATE_WINDOW.name(),
                    PromDuration.format(window) + " holds fewer than four scrapes",
                    "Write at least " + PromDuration.format(shortest)));
        }
        return problems;
    }
}
