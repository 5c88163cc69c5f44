package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the buckets of one histogram family add up. */
public final class HistogramCheck {
    /** One histogram: the series with the same labels but {@code le}. */
    private static final class Buckets {
        private double bound = Double.NEGATIVE_INFINITY;
        private double cumulated;
        private double total = Double.NaN;
        private int lastLine;
    }

    private final String name;
    private final Map<Labels, Buckets> histograms = new LinkedHashMap<>();
    private final List<LineProblem> problems = new ArrayList<>();

    /** @param name the family's */
    public HistogramCheck(String name) {
        this.name = name;
    }

    /** Takes the family's next sample, whose series has a histogram's suffix. */
    public void add(Sample sample, int line) {
        var buckets = histograms.computeIfAbsent(sample.series().labels().with("le", ""), labels -> new Buckets());
        buckets.lastLine = line;
        switch (sample.series().suffix()) {
            case "_bucket" -> addBucket(buckets, sample, line);
            case "_count" -> buckets.total = sample.value();
            default -> {
                // A sum may be anything.
            }
        }
    }

    /** Returns what is wrong, as far as the lines so far tell. */
    public List<LineProblem> problems() {
        var all = new ArrayList<>(problems);
        histograms.forEach((labels, buckets) -> checkEnd(labels, buckets, all));
        return all;
    }

    private void addBucket(Buckets buckets, Sample sample, int line) {
        double bound = sample.series().labels().get("le").map(Numbers::parse).orElse(Double.NaN);
        if (!(bound > buckets.bound)) {
            problems.add(new LineProblem(
                    line,
                    "the bucket le=\"" + TextWriter.number(bound) + "\" of " + name
                            + " does not come after a smaller one"));
        }
        if (sample.value() < buckets.cumulated) {
            problems.add(new LineProblem(
                    line,
                    "the bucket le=\"" + TextWriter.number(bound) + "\" of " + name
                            + " counts less than the one before: " + TextWriter.number(sample.value()) + " after "
                            + TextWriter.number(buckets.cumulated)));
        }
        buckets.bound = bound;
        buckets.cumulated = sample.value();
    }

    private void checkEnd(Labels labels, Buckets buckets, List<LineProblem> all) {
        String which = name + labels;
        if (buckets.bound != Double.POSITIVE_INFINITY) {
            all.add(new LineProblem(buckets.lastLine, "the histogram " + which + " has no bucket le=\"+Inf\""));
        } else if (!Double.isNaN(buckets.total) && buckets.total != buckets.cumulated) {
            all.add(new LineProblem(
                    buckets.lastLine,
                    "the histogram " + which + " counts "
                            + TextWriter.number(buckets.total) + " in all and " + TextWriter.number(buckets.cumulated)
                            + " in its buckets"));
        }
    }
}
