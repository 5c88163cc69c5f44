package dev.binnacle.prometheus.scrape;

import dev.binnacle.prometheus.exposition.Exposition;
import dev.binnacle.prometheus.exposition.LineProblem;
import dev.binnacle.prometheus.scrape.LineReader.Kind;
import dev.binnacle.prometheus.scrape.LineReader.Malformed;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What OpenMetrics 1.0 demands of a page and Prometheus does not look at: the strict mode. */
public final class OpenMetricsRules implements LineRules {
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_created", "_bucket", "_count", "_sum", "_gcount", "_gsum", "_info");

    private final Map<String, StrictFamily> families = new LinkedHashMap<>();
    private final Set<StrictFamily> ended = new HashSet<>();
    private @Nullable StrictFamily current;

    private OpenMetricsRules() {}

    /**
     * Reads a page strictly.
     *
     * @param at the time of samples that bring none themselves
     */
    public static Exposition read(InputStream body, Instant at) throws IOException {
        var rules = new OpenMetricsRules();
        var samples = new ArrayList<Sample>();
        var problems = new ArrayList<LineProblem>();
        var parser = new PageParser<Series>(
                PageFormat.OPENMETRICS, (series, previous) -> series, PageParser.REMEMBER_NOTHING, rules);
        parser.check(
                body,
                (series, value, timestamp) -> samples.add(new Sample(
                        series, value, timestamp == SampleSink.NO_TIMESTAMP ? at : Instant.ofEpochMilli(timestamp))),
                problems::add);
        rules.families.values().forEach(family -> problems.addAll(family.problems()));
        problems.sort(Comparator.comparingInt(LineProblem::line));
        var remarks = rules.families.values().stream()
                .flatMap(family -> family.remarks().stream())
                .toList();
        return new Exposition(samples, problems, remarks);
    }

    @Override
    public void described(Kind kind, String family, String text, int line) throws Malformed {
        enter(family, line).describe(kind, text);
    }

    @Override
    public void sample(LineReader line, Series series, int number) throws Malformed {
        if (line.commaAtEnd) {
            throw new Malformed("a comma stands behind the last label");
        }
        String name = series.name();
        String family = familyOf(name);
        enter(family, number).sample(name.substring(family.length()), line, series, number);
    }

    private String familyOf(String name) throws Malformed {
        for (String suffix : SUFFIXES) {
            String base = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
            var family = families.get(base);
            if (family != null && family.allows(suffix)) {
                return base;
            }
        }
        var declared = families.get(name);
        if (declared != null) {
            throw new Malformed("a sample of " + name + " ends in one of " + declared.suffixes());
        }
        return name;
    }

    /** Makes the family the current one; all lines of a family have to stand together. */
    private StrictFamily enter(String name, int line) throws Malformed {
        var family = families.computeIfAbsent(name, each -> new StrictFamily(each, line));
        if (current != null && current != family) {
            ended.add(current);
        }
        current = family;
        if (ended.remove(family)) {
            throw new Malformed("the lines of " + name + " do not stand together");
        }
        return family;
    }
}
