package dev.binnacle.plugin.collectors.prometheus.discovery;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.relabel.LabelBuilder;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.spi.model.Labels;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes targets of what was found, by the rules of their job. */
public final class TargetFactory {
    private static final String ADDRESS = "__address__";
    private static final String SCHEME = "__scheme__";
    private static final String PATH = "__metrics_path__";
    private static final String INTERVAL = "__scrape_interval__";
    private static final String TIMEOUT = "__scrape_timeout__";
    private static final String PARAM = "__param_";

    private final ScrapeConfig config;
    private final Relabeling relabeling;

    public TargetFactory(ScrapeConfig config) {
        this.config = config;
        this.relabeling = new Relabeling(config.relabelConfigs());
    }

    /**
     * Returns the target; empty when the rules drop it.
     *
     * @throws IllegalArgumentException when the rules make of it what cannot be scraped
     */
    public Optional<Target> make(String address, Map<String, String> groupLabels) {
        var labels = discovered(address, groupLabels);
        if (!relabeling.apply(labels)) {
            return Optional.empty();
        }
        String where = labels.get(ADDRESS);
        if (where.isEmpty() || where.contains("/")) {
            throw new IllegalArgumentException("'" + where + "' is not an address");
        }
        if (labels.get("instance").isEmpty()) {
            labels.set("instance", where);
        }
        var interval = duration(labels, INTERVAL);
        var timeout = duration(labels, TIMEOUT);
        if (timeout.compareTo(interval) > 0) {
            throw new IllegalArgumentException("the timeout " + timeout + " is longer than the interval " + interval);
        }
        return Optional.of(new Target(shown(labels.toMap()), url(labels), interval, timeout));
    }

    private LabelBuilder discovered(String address, Map<String, String> groupLabels) {
        var base = new TreeMap<>(groupLabels);
        base.put(ADDRESS, address);
        var labels = new LabelBuilder(base);
        setIfAbsent(labels, "job", config.jobName());
        setIfAbsent(labels, INTERVAL, Durations.text(config.interval()));
        setIfAbsent(labels, TIMEOUT, Durations.text(config.timeout()));
        setIfAbsent(labels, PATH, config.metricsPath());
        setIfAbsent(labels, SCHEME, config.scheme());
        new TreeMap<>(config.params()).forEach((name, values) -> {
            if (!values.isEmpty()) {
                setIfAbsent(labels, PARAM + name, values.getFirst());
            }
        });
        return labels;
    }

    private static void setIfAbsent(LabelBuilder labels, String name, String value) {
        if (labels.get(name).isEmpty()) {
            labels.set(name, value);
        }
    }

    private static Duration duration(LabelBuilder labels, String name) {
        var duration = Durations.parse(labels.get(name));
        if (duration.isZero()) {
            throw new IllegalArgumentException(name + " is 0");
        }
        return duration;
    }

    /** Labels that begin with two underscores are for the way there. */
    private static Labels shown(TreeMap<String, String> labels) {
        labels.keySet().removeIf(name -> name.startsWith("__"));
        return Labels.of(labels);
    }

    private URI url(LabelBuilder labels) {
        var query = new ArrayList<String>();
        var params = new TreeMap<>(config.params());
        labels.toMap().forEach((name, value) -> {
            if (name.startsWith(PARAM)) {
                params.merge(name.substring(PARAM.length()), List.of(value), TargetFactory::withFirst);
            }
        });
        params.forEach((name, values) -> values.forEach(value -> query.add(encoded(name) + "=" + encoded(value))));
        String path = labels.get(PATH);
        boolean own = path.contains("?");
        return URI.create(labels.get(SCHEME) + "://" + labels.get(ADDRESS) + (path.startsWith("/") ? "" : "/") + path
                + (query.isEmpty() ? "" : (own ? "&" : "?") + String.join("&", query)));
    }

    private static List<String> withFirst(List<String> values, List<String> first) {
        var all = new ArrayList<>(first);
        all.addAll(values.subList(Math.min(1, values.size()), values.size()));
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
