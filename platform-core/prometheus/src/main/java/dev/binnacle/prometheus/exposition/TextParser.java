package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' text format 0.0.4 strictly: what the format demands and most readers let pass is a problem here, with
 * its line. That are groups torn apart, series that come twice, a TYPE line too late, histograms whose buckets do not add up.
 *
 * <p>A line that is wrong is left out and reported; the others are read.
 */
public final class TextParser {
    private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count");

    private final Instant at;
    private final Map<String, FamilyState> families = new HashMap<>();
    private final Map<String, HistogramCheck> histograms = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<LineProblem> problems = new ArrayList<>();
    private @Nullable FamilyState current;
    private final Set<FamilyState> ended = new HashSet<>();
    private int lineNumber;

    private TextParser(Instant at) {
        this.at = at;
    }

    /**
     * Returns what {@code page} contains.
     *
     * @param at the time of samples that bring none themselves
     */
    public static Exposition parse(String page, Instant at) {
        return new TextParser(at).read(page);
    }

    private Exposition read(String page) {
        int start = 0;
        while (start < page.length()) {
            int end = page.indexOf('\n', start);
            lineNumber++;
            readLine(page.substring(start, end < 0 ? page.length() : end));
            if (end < 0) {
                problem("the last line does not end with a line feed");
                break;
            }
            start = end + 1;
        }
        histograms.values().forEach(check -> problems.addAll(check.problems()));
        problems.sort(Comparator.comparingInt(LineProblem::line));
        var remarks = families.values().stream()
                .flatMap(family -> family.remarks().stream())
                .sorted(Comparator.comparingInt(LineProblem::line).thenComparing(LineProblem::reason))
                .toList();
        return new Exposition(samples, problems, remarks);
    }

    private void readLine(String line) {
        var scanner = new LineScanner(line);
        if (scanner.atEnd()) {
            return;
        }
        try {
            if (scanner.nextIs('#')) {
                readComment(scanner);
            } else {
                readSample(scanner);
            }
        } catch (LineException e) {
            problem(e.reason());
        }
    }

    private void readComment(LineScanner scanner) throws LineException {
        if (!scanner.word().equals("#")) {
            return;
        }
        switch (scanner.word()) {
            case "HELP" -> {
                var family = enter(requireName(scanner));
                family.help(scanner.help());
            }
            case "TYPE" -> {
                var family = enter(requireName(scanner));
                family.type(scanner.word());
                requireEnd(scanner);
            }
            default -> {
                // Any other comment is for people.
            }
        }
    }

    private void readSample(LineScanner scanner) throws LineException {
        String name = scanner.metricName();
        Labels labels = scanner.labels();
        double value = scanner.value();
        Instant time = scanner.atEnd() ? at : timestamp(scanner.word());
        requireEnd(scanner);

        String familyName = familyOf(name);
        String suffix = name.substring(familyName.length());
        var family = enter(familyName);
        family.requireNew(suffix, labels);
        var sample = new Sample(series(family.family(), suffix, labels), value, time);
        samples.add(sample);
        if (family.type() == MetricType.HISTOGRAM) {
            histograms.computeIfAbsent(familyName, HistogramCheck::new).add(sample, lineNumber);
        }
    }

    /** Returns the family that a sample of this name belongs to: its own, or the histogram or summary it is a part of. */
    private String familyOf(String name) {
        if (families.containsKey(name)) {
            return name;
        }
        for (String suffix : SUFFIXES) {
            String base = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
            var family = families.get(base);
            if (family != null && isPart(family.type(), suffix)) {
                return base;
            }
        }
        return name;
    }

    /** Makes the family the current one; all lines of a family have to stand together. */
    private FamilyState enter(String name) throws LineException {
        var family = families.computeIfAbsent(name, each -> new FamilyState(each, lineNumber));
        if (current != null && current != family) {
            ended.add(current);
        }
        current = family;
        if (ended.remove(family)) {
            throw new LineException("the lines of " + name + " do not stand together");
        }
        return family;
    }

    private static boolean isPart(MetricType type, String suffix) {
        return type == MetricType.HISTOGRAM || type == MetricType.SUMMARY && !suffix.equals("_bucket");
    }

    private static Series series(MetricFamily family, String suffix, Labels labels) throws LineException {
        if (family.type() == MetricType.HISTOGRAM && suffix.isEmpty()) {
            throw new LineException(
                    "the histogram " + family.name() + " has a sample that is no _bucket, _sum or _count");
        }
        requireBound(family, suffix, labels);
        return new Series(family, suffix, labels);
    }

    private static void requireBound(MetricFamily family, String suffix, Labels labels) throws LineException {
        boolean bucket = suffix.equals("_bucket");
        boolean quantile = family.type() == MetricType.SUMMARY && suffix.isEmpty();
        if (!bucket && !quantile) {
            return;
        }
        String label = bucket ? "le" : "quantile";
        String bound = labels.get(label).orElseThrow(() -> new LineException("the label " + label + " is missing"));
        try {
            Numbers.parse(bound);
        } catch (NumberFormatException e) {
            throw new LineException("the label " + label + "=\"" + bound + "\" is not a number");
        }
    }

    private static String requireName(LineScanner scanner) throws LineException {
        String name = scanner.metricName();
        if (!scanner.word().isEmpty()) {
            throw new LineException("a metric name ends at '" + name + "'");
        }
        return name;
    }

    private static Instant timestamp(String word) throws LineException {
        try {
            return Instant.ofEpochMilli(Long.parseLong(word));
        } catch (NumberFormatException e) {
            throw new LineException("the timestamp '" + word + "' is not a whole number of milliseconds");
        }
    }

    private static void requireEnd(LineScanner scanner) throws LineException {
        if (!scanner.atEnd()) {
            throw new LineException("more text than expected: '" + scanner.word() + "'");
        }
    }

    private void problem(String reason) {
        problems.add(new LineProblem(lineNumber, reason));
    }
}
