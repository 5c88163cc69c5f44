package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.config.ScrapeLimits;
import dev.binnacle.prometheus.relabel.LabelBuilder;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.prometheus.scrape.RefusedSeriesException;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Series;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a target's series into what goes on: with the target's labels, relabelled, within the limits. */
final class SeriesMutation {
    private static final String NAME = "__name__";
    private static final String EXPORTED = "exported_";

    private final Labels target;
    private final boolean honorLabels;
    private final Relabeling relabeling;
    private final ScrapeLimits limits;

    SeriesMutation(Labels target, ScrapeConfig config, Relabeling relabeling) {
        this.target = target;
        this.honorLabels = config.honorLabels();
        this.relabeling = relabeling;
        this.limits = config.limits();
    }

    /** Returns null when the rules drop it. */
    @Nullable
    Series apply(Series exposed) throws RefusedSeriesException {
        var base = exposed.labels().toMap();
        base.put(NAME, exposed.name());
        var labels = new LabelBuilder(base);
        addTarget(base, labels);
        if (!relabeling.apply(labels)) {
            return null;
        }
        var result = labels.toMap();
        if (result.isEmpty()) {
            return null;
        }
        requireLimits(result);
        return series(exposed, result);
    }

    private void addTarget(Map<String, String> exposed, LabelBuilder labels) {
        var conflicts = new TreeMap<String, String>(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        target.forEach((name, value) -> {
            if (!exposed.containsKey(name)) {
                labels.set(name, value);
            } else if (!honorLabels) {
                conflicts.put(name, exposed.get(name));
                labels.set(name, value);
            }
        });
        conflicts.forEach((name, value) -> {
            String free = EXPORTED + name;
            while (!labels.get(free).isEmpty()) {
                free = EXPORTED + free;
            }
            labels.set(free, value);
        });
    }

    private void requireLimits(Map<String, String> labels) throws RefusedSeriesException {
        if (limits.labels() > 0 && labels.size() > limits.labels()) {
            throw new RefusedSeriesException(
                    labels.get(NAME) + " has " + labels.size() + " labels, label_limit is " + limits.labels());
        }
        for (var label : labels.entrySet()) {
            requireLength(label.getKey(), limits.labelNameLength(), "label_name_length_limit");
            requireLength(label.getValue(), limits.labelValueLength(), "label_value_length_limit");
        }
    }

    private static void requireLength(String text, long limit, String name) throws RefusedSeriesException {
        if (limit > 0 && text.length() * 3L > limit && text.getBytes(StandardCharsets.UTF_8).length > limit) {
            throw new RefusedSeriesException("'" + text.substring(0, Math.min(text.length(), 50)) + "' is longer than "
                    + limit + " bytes, which " + name + " is");
        }
    }

    private static Series series(Series exposed, TreeMap<String, String> labels) throws RefusedSeriesException {
        String name = labels.remove(NAME);
        if (name == null) {
            throw new RefusedSeriesException("relabelling leaves " + exposed + " without a name");
        }
        try {
            var result = Labels.of(labels);
            return name.equals(exposed.name())
                    ? new Series(exposed.family(), exposed.suffix(), result)
                    : new Series(renamed(exposed.family(), name), "", result);
        } catch (IllegalArgumentException e) {
            throw new RefusedSeriesException(
                    "relabelling makes of " + exposed + " what is no series: " + e.getMessage());
        }
    }

    private static MetricFamily renamed(MetricFamily family, String name) {
        var type = switch (family.type()) {
            case COUNTER, GAUGE -> family.type();
            case HISTOGRAM, SUMMARY, UNKNOWN -> MetricType.UNKNOWN;
        };
        return new MetricFamily(name, type, family.unit(), family.help());
    }
}
