package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
 * @param keepLabels labels of the targets that recorded rates keep, such as {@code cluster}
 * @param externalLabels what this Prometheus says about itself wherever its series go, in the order they were written
 * @param replicaLabel the external label that tells two replicas apart
 */
record PrometheusSettings(
        URI discovery,
        Duration refresh,
        Duration interval,
        Duration timeout,
        Duration evaluation,
        String alertmanager,
        Duration window,
        List<String> keepLabels,
        Map<String, String> externalLabels,
        String replicaLabel) {
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

    static final ConfigKey<List<String>> KEEP_LABELS = new ConfigKey<>(
            "keep-labels",
            ValueType.LIST,
            "",
            "Labels that recorded rates keep beside the usual ones: cluster, where one Mimir or Thanos evaluates for several");
    static final ConfigKey<List<String>> EXTERNAL_LABELS = new ConfigKey<>(
            "external-labels",
            ValueType.LIST,
            "",
            "What this Prometheus says about itself in federation, remote write and alerts: cluster=eu,replica=a");
    static final ConfigKey<String> REPLICA_LABEL = new ConfigKey<>(
            "replica-label",
            ValueType.TEXT,
            "replica",
            "The external label that tells two replicas apart; alerts go out without it");

    static final List<ConfigKey<?>> KEYS = List.of(
            DISCOVERY_URL,
            REFRESH_INTERVAL,
            SCRAPE_INTERVAL,
            SCRAPE_TIMEOUT,
            EVALUATION_INTERVAL,
            ALERTMANAGER,
            RATE_WINDOW,
            KEEP_LABELS,
            EXTERNAL_LABELS,
            REPLICA_LABEL);

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

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
                settings.get(KEEP_LABELS),
                pairs(settings.get(EXTERNAL_LABELS)),
                settings.get(REPLICA_LABEL));
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
                    Durations.text(timeout) + " is longer than the scrape interval, which Prometheus refuses",
                    "Write at most " + Durations.text(interval)));
        }
        // A shorter window may hold fewer than two samples after one missed scrape (facts F4).
        Duration shortest = interval.multipliedBy(SCRAPES_PER_WINDOW);
        if (window.compareTo(shortest) < 0) {
            problems.add(new ConfigProblem(
                    RATE_WINDOW.name(),
                    Durations.text(window) + " holds fewer than four scrapes",
                    "Write at least " + Durations.text(shortest)));
        }
        keepLabels.forEach(label -> requireLabel(KEEP_LABELS.name(), label, problems));
        externalLabels.keySet().forEach(label -> requireLabel(EXTERNAL_LABELS.name(), label, problems));
        return problems;
    }

    private static void requireLabel(String key, String label, List<ConfigProblem> problems) {
        if (!LABEL.matcher(label).matches()) {
            problems.add(new ConfigProblem(
                    key, "'" + label + "' is no label's name", "Write letters, digits and _, not a digit first"));
        }
    }

    private static Map<String, String> pairs(List<String> written) {
        var pairs = new LinkedHashMap<String, String>();
        for (String each : written) {
            int at = each.indexOf('=');
            pairs.put(at < 0 ? each : each.substring(0, at), at < 0 ? "" : each.substring(at + 1));
        }
        return pairs;
    }
}
