package dev.binnacle.plugin.generator.grafana;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the user decides about dashboards.
 *
 * @param prefix the beginning of every dashboard's uid, so that two sets can live in one Grafana
 * @param folder the folder in Grafana that they are in
 * @param path where Grafana finds their files
 * @param prometheus where Grafana finds Prometheus
 * @param scrape how often Prometheus scrapes; Grafana takes rates over four of them at least
 * @param window the window of the recorded rates
 * @param refresh pause between two looks
 * @param span how far they look back until somebody chooses
 */
record GrafanaSettings(
        String prefix,
        String folder,
        String path,
        URI prometheus,
        Duration scrape,
        Duration window,
        Duration refresh,
        Duration span) {
    static final ConfigKey<String> UID_PREFIX = new ConfigKey<>(
            "uid-prefix", ValueType.TEXT, "binnacle", "The beginning of every dashboard's uid, which addresses hold");
    static final ConfigKey<String> FOLDER =
            new ConfigKey<>("folder", ValueType.TEXT, "Binnacle", "The folder in Grafana that the dashboards are in");
    static final ConfigKey<String> DASHBOARDS_PATH = new ConfigKey<>(
            "dashboards-path",
            ValueType.TEXT,
            "/var/lib/grafana/dashboards/binnacle",
            "The folder in which Grafana finds the dashboards' files");
    static final ConfigKey<URI> PROMETHEUS_URL =
            new ConfigKey<>("prometheus-url", ValueType.URL, "http://127.0.0.1:9090", "Where Grafana finds Prometheus");
    static final ConfigKey<Duration> SCRAPE_INTERVAL = new ConfigKey<>(
            "scrape-interval",
            ValueType.DURATION,
            "5s",
            "How often Prometheus scrapes: what generator-prometheus.scrape-interval says");
    static final ConfigKey<Duration> RATE_WINDOW = new ConfigKey<>(
            "rate-window",
            ValueType.DURATION,
            "5m",
            "Over how long the recorded rates look: what generator-prometheus.rate-window says");
    static final ConfigKey<Duration> REFRESH = new ConfigKey<>(
            "refresh",
            ValueType.DURATION,
            "30s",
            "Pause between two looks; 5s to 1h, not less than the scrape interval");
    static final ConfigKey<Duration> TIME_SPAN = new ConfigKey<>(
            "time-span", ValueType.DURATION, "1h", "How far dashboards look back until somebody chooses; 5m to 30d");

    static final List<ConfigKey<?>> KEYS = List.of(
            UID_PREFIX, FOLDER, DASHBOARDS_PATH, PROMETHEUS_URL, SCRAPE_INTERVAL, RATE_WINDOW, REFRESH, TIME_SPAN);

    /** Grafana takes 40 characters; the longest name of a dashboard needs 14 of them. */
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9_-]{1,24}");

    private static final Duration QUICKEST = Duration.ofSeconds(5);
    private static final Duration SLOWEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(30);

    static GrafanaSettings from(Settings settings) throws InvalidConfigException {
        var result = new GrafanaSettings(
                settings.get(UID_PREFIX),
                settings.get(FOLDER),
                settings.get(DASHBOARDS_PATH),
                settings.get(PROMETHEUS_URL),
                settings.get(SCRAPE_INTERVAL),
                settings.get(RATE_WINDOW),
                settings.get(REFRESH),
                settings.get(TIME_SPAN));
        var problems = result.problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return result;
    }

    private List<ConfigProblem> problems() {
        var problems = new ArrayList<ConfigProblem>();
        if (!PREFIX.matcher(prefix).matches()) {
            problems.add(new ConfigProblem(
                    UID_PREFIX.name(),
                    "'" + prefix + "' cannot begin an address",
                    "Write 1 to 24 letters, digits, - and _"));
        }
        if (folder.chars().anyMatch(Character::isISOControl)) {
            problems.add(new ConfigProblem(FOLDER.name(), "holds a line break", "Write a name on one line"));
        }
        requireBetween(REFRESH, refresh, QUICKEST, SLOWEST, problems);
        requireBetween(TIME_SPAN, span, SHORTEST, LONGEST, problems);
        if (refresh.compareTo(scrape) < 0) {
            problems.add(new ConfigProblem(
                    REFRESH.name(),
                    Durations.text(refresh) + " is less than the scrape interval, so that nothing new is seen",
                    "Write at least " + Durations.text(scrape)));
        }
        return problems;
    }

    private static void requireBetween(
            ConfigKey<Duration> key, Duration value, Duration least, Duration most, List<ConfigProblem> problems) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(new ConfigProblem(
                    key.name(),
                    Durations.text(value) + " is out of range",
                    "Write " + Durations.text(least) + " to " + Durations.text(most)));
        }
    }
}
