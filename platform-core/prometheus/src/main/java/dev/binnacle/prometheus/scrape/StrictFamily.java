package dev.binnacle.prometheus.scrape;

import dev.binnacle.prometheus.exposition.HistogramCheck;
import dev.binnacle.prometheus.exposition.LineProblem;
import dev.binnacle.prometheus.exposition.Numbers;
import dev.binnacle.prometheus.scrape.LineReader.Kind;
import dev.binnacle.prometheus.scrape.LineReader.Malformed;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One family of an OpenMetrics page, as far as it has come. */
final class StrictFamily {
    private record Key(String name, Labels labels) {}

    private final String name;
    private final int firstLine;
    private final Set<Kind> described = EnumSet.noneOf(Kind.class);
    private final Map<Key, Long> lastTimestamps = new HashMap<>();
    private final HistogramCheck histogram;
    private DeclaredType type = DeclaredType.UNKNOWN;
    private @Nullable Boolean timed;

    StrictFamily(String name, int firstLine) {
        this.name = name;
        this.firstLine = firstLine;
        this.histogram = new HistogramCheck(name);
    }

    void describe(Kind kind, String text) throws Malformed {
        if (!described.add(kind)) {
            throw new Malformed("a second " + kind + " line for " + name);
        }
        if (!lastTimestamps.isEmpty()) {
            throw new Malformed("the " + kind + " line of " + name + " comes after its first sample");
        }
        if (kind == Kind.TYPE) {
            type = DeclaredType.of(text, PageFormat.OPENMETRICS).orElse(DeclaredType.UNKNOWN);
        }
        boolean unitless = type == DeclaredType.INFO || type == DeclaredType.STATESET;
        if (kind == Kind.UNIT && !text.isEmpty() && unitless) {
            throw new Malformed(name + " can have no unit");
        }
    }

    /** Tells whether a sample's name may have this behind the family's. */
    boolean allows(String suffix) {
        return suffixes().contains(suffix);
    }

    List<String> suffixes() {
        return switch (type) {
            case COUNTER -> List.of("_total", "_created");
            case HISTOGRAM -> List.of("_bucket", "_count", "_sum", "_created");
            case GAUGEHISTOGRAM -> List.of("_bucket", "_gcount", "_gsum");
            case SUMMARY -> List.of("", "_count", "_sum", "_created");
            case INFO -> List.of("_info");
            case GAUGE, STATESET, UNTYPED, UNKNOWN -> List.of("");
        };
    }

    void sample(String suffix, LineReader line, Series series, int number) throws Malformed {
        requireOrder(suffix, line, series.labels());
        requireValue(suffix, line.value, series.labels());
        if (line.exemplar && !suffix.equals("_total") && !suffix.equals("_bucket")) {
            throw new Malformed("an exemplar stands where none may: behind " + name + suffix);
        }
        if (type == DeclaredType.HISTOGRAM && !suffix.equals("_created")) {
            histogram.add(new Sample(series, line.value, Instant.EPOCH), number);
        }
    }

    /** Returns what is wrong with the family as a whole. */
    List<LineProblem> problems() {
        return histogram.problems();
    }

    /** Returns what the conventions advise against; nothing for a family without samples. */
    List<LineProblem> remarks() {
        var remarks = new ArrayList<LineProblem>();
        for (Kind kind : List.of(Kind.HELP, Kind.TYPE)) {
            if (!lastTimestamps.isEmpty() && !described.contains(kind)) {
                remarks.add(new LineProblem(firstLine, name + " has no " + kind + " line"));
            }
        }
        return remarks;
    }

    private void requireOrder(String suffix, LineReader line, Labels labels) throws Malformed {
        boolean has = line.timestamp != SampleSink.NO_TIMESTAMP;
        if (timed != null && timed != has) {
            throw new Malformed("some samples of " + name + " have timestamps, and some have none");
        }
        timed = has;
        Long last = lastTimestamps.put(new Key(suffix, labels), line.timestamp);
        if (last != null && last >= line.timestamp) {
            throw new Malformed(
                    "the series " + name + suffix + labels + (has ? " does not go on in time" : " comes twice"));
        }
    }

    private void requireValue(String suffix, double value, Labels labels) throws Malformed {
        switch (type) {
            case COUNTER -> requireCount(suffix, value);
            case HISTOGRAM, GAUGEHISTOGRAM -> {
                if (!suffix.equals("_gsum") && !suffix.equals("_sum")) {
                    requireCount(suffix, value);
                }
                requireBound(suffix, labels);
            }
            case SUMMARY -> requireQuantile(suffix, value, labels);
            case INFO -> require(value == 1, "the value of an info is 1, not " + value);
            case STATESET -> {
                require(value == 0 || value == 1, "the value of a state is 0 or 1, not " + value);
                require(labels.get(name).isPresent(), "the label " + name + ", which names the state, is missing");
            }
            case GAUGE, UNTYPED, UNKNOWN -> {
                // Any value will do.
            }
        }
    }

    private void requireCount(String suffix, double value) throws Malformed {
        require(value >= 0, name + suffix + " counts, and is " + value);
    }

    private static void requireBound(String suffix, Labels labels) throws Malformed {
        if (suffix.equals("_bucket")) {
            require(isNumber(labels.get("le").orElse("")), "the label le is missing or not a number");
        }
    }

    private void requireQuantile(String suffix, double value, Labels labels) throws Malformed {
        if (!suffix.isEmpty()) {
            requireCount(suffix, value);
            return;
        }
        String quantile = labels.get("quantile").orElse("");
        require(isNumber(quantile), "the label quantile is missing or not a number");
        double rank = Numbers.parse(quantile);
        require(rank >= 0 && rank <= 1, "a quantile is from 0 to 1, not " + quantile);
    }

    private static boolean isNumber(String text) {
        try {
            return !Double.isNaN(Numbers.parse(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void require(boolean holds, String otherwise) throws Malformed {
        if (!holds) {
            throw new Malformed(otherwise);
        }
    }
}
