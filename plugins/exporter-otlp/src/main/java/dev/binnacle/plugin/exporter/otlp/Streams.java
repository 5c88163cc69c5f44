package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The streams that series belong to. Bounded: when there are too many, all are found and begin anew. For one thread. */
final class Streams {
    private static final int MOST_SERIES = 500_000;
    private static final Set<String> ELSEWHERE = Set.of("job", "instance", "otel_scope_name", "otel_scope_version");

    private record Key(MetricFamily family, Labels labels) {}

    private final Map<Series, Part> parts = new HashMap<>();
    private final Map<Key, Stream> streams = new HashMap<>();

    Part part(Series series) {
        var known = parts.get(series);
        if (known != null) {
            return known;
        }
        if (parts.size() >= MOST_SERIES) {
            parts.clear();
            streams.clear();
        }
        var made = made(series);
        parts.put(series, made);
        return made;
    }

    private Part made(Series series) {
        String label = partLabel(series);
        var own = label.isEmpty() ? series.labels() : series.labels().with(label, "");
        var stream = streams.computeIfAbsent(new Key(series.family(), own), key -> stream(key.family(), key.labels()));
        double bound =
                label.isEmpty() ? Double.NaN : bound(series.labels().get(label).orElse(""));
        return new Part(stream, series.suffix(), bound);
    }

    private static Stream stream(MetricFamily family, Labels labels) {
        var rest = labels.toMap();
        rest.keySet().removeAll(ELSEWHERE);
        return new Stream(Target.of(labels), Scope.of(labels), family, Labels.of(rest));
    }

    /** Returns the label that tells this series from others of its histogram or summary; empty when it is no label that does. */
    private static String partLabel(Series series) {
        if (series.family().type() == MetricType.HISTOGRAM && series.suffix().equals("_bucket")) {
            return "le";
        }
        return series.family().type() == MetricType.SUMMARY && series.suffix().isEmpty() ? "quantile" : "";
    }

    private static double bound(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> number(text);
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
