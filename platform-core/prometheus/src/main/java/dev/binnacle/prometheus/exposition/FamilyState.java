package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a page has said about one family so far. */
final class FamilyState {
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private static final String TOTAL = "_total";

    private record SeriesKey(String suffix, Labels labels) {}

    private final String name;
    private final int firstLine;
    private final Set<SeriesKey> seen = new HashSet<>();
    private @Nullable String help;
    private @Nullable MetricType type;

    FamilyState(String name, int firstLine) {
        this.name = name;
        this.firstLine = firstLine;
    }

    void help(String text) throws LineException {
        if (help != null) {
            throw new LineException("a second HELP line for " + name);
        }
        help = text;
    }

    void type(String word) throws LineException {
        if (type != null) {
            throw new LineException("a second TYPE line for " + name);
        }
        if (!seen.isEmpty()) {
            throw new LineException("the TYPE line of " + name + " comes after its first sample");
        }
        if (!TYPES.contains(word)) {
            throw new LineException(
                    "'" + word + "' is not a type; it is one of counter, gauge, histogram, summary, untyped");
        }
        type = word.equals("untyped") ? MetricType.UNKNOWN : MetricType.valueOf(word.toUpperCase(Locale.ROOT));
    }

    MetricType type() {
        return type == null ? MetricType.UNKNOWN : type;
    }

    /** Returns the description as it is now; complete as soon as the first sample has come. */
    MetricFamily family() {
        return new MetricFamily(name, type(), "", help == null ? "" : help);
    }

    void requireNew(String suffix, Labels labels) throws LineException {
        if (!seen.add(new SeriesKey(suffix, labels))) {
            throw new LineException("the series " + name + suffix + labels + " comes twice");
        }
    }

    /** Returns what the conventions advise against; nothing for a family without samples. */
    List<LineProblem> remarks() {
        if (seen.isEmpty()) {
            return List.of();
        }
        var reasons = new ArrayList<String>();
        if (help == null) {
            reasons.add(name + " has no HELP line");
        }
        if (type == null) {
            reasons.add(name + " has no TYPE line");
        }
        if (type == MetricType.COUNTER && !name.endsWith(TOTAL)) {
            reasons.add("the counter " + name + " does not end in " + TOTAL);
        }
        if (type != null && type != MetricType.COUNTER && name.endsWith(TOTAL)) {
            reasons.add(name + " ends in " + TOTAL + " and is no counter but " + type.text());
        }
        return reasons.stream()
                .map(reason -> new LineProblem(firstLine, reason))
                .toList();
    }
}
