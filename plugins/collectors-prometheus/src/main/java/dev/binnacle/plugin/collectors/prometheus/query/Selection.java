package dev.binnacle.plugin.collectors.prometheus.query;

import dev.binnacle.prometheus.config.Query;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an answer becomes: named and labelled as the query says.
 *
 * @param samples of distinct series; none when the answer is refused
 * @param dropped how many series are left out, by reason
 * @param refusal why nothing is taken; empty when something is
 */
record Selection(List<Sample> samples, Map<Dropped, Integer> dropped, Optional<String> refusal) {
    private static final String NAME = "__name__";

    Selection {
        samples = List.copyOf(samples);
        dropped = Map.copyOf(dropped);
    }

    static Selection of(Query query, Answer answer) {
        return new Builder(query).build(answer);
    }

    private static final class Builder {
        private final Query query;
        private final Map<String, MetricFamily> families = new HashMap<>();
        private final Map<Dropped, Integer> dropped = new EnumMap<>(Dropped.class);
        private final Set<Series> seen = new HashSet<>();
        private final List<Sample> samples = new ArrayList<>();

        Builder(Query query) {
            this.query = query;
        }

        Selection build(Answer answer) {
            if (answer.histograms() > 0) {
                dropped.put(Dropped.HISTOGRAM, answer.histograms());
            }
            for (var point : answer.points()) {
                var series = series(point);
                if (series.isEmpty()) {
                    continue;
                }
                if (!seen.add(series.get())) {
                    dropped.put(Dropped.AMBIGUOUS, answer.points().size());
                    return new Selection(List.of(), dropped, Optional.of(ambiguous(series.get())));
                }
                samples.add(new Sample(series.get(), point.value(), point.at()));
            }
            return new Selection(samples, dropped, Optional.empty());
        }

        private Optional<Series> series(Point point) {
            String name = query.keepNames() ? point.labels().getOrDefault(NAME, "") : query.name();
            if (QueryMetrics.isOwn(name)) {
                return drop(Dropped.NAME);
            }
            MetricFamily family;
            try {
                family = families.computeIfAbsent(
                        name, text -> new MetricFamily(text, MetricType.UNKNOWN, "", "The answer to a query"));
            } catch (IllegalArgumentException e) {
                return drop(Dropped.NAME);
            }
            try {
                return Optional.of(new Series(family, "", labels(point)));
            } catch (IllegalArgumentException e) {
                return drop(Dropped.LABEL);
            }
        }

        private Labels labels(Point point) {
            var labels = new TreeMap<>(point.labels());
            labels.remove(NAME);
            var keep = query.keep();
            if (keep != null) {
                labels.keySet().retainAll(keep);
            }
            query.labels().forEach(labels::put);
            return Labels.of(labels);
        }

        private Optional<Series> drop(Dropped reason) {
            dropped.merge(reason, 1, Integer::sum);
            return Optional.empty();
        }

        private static String ambiguous(Series series) {
            return "several series become " + series + ", and one of them would hide the others: aggregate them in the"
                    + " query, by the labels that are kept";
        }
    }
}
