package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes samples in Prometheus' text format 0.0.4.
 *
 * <p>The same samples in any order give the same page: families by name, the series of a family by their labels, the buckets of
 * a histogram by their bound with {@code _sum} and {@code _count} behind them.
 */
public final class TextWriter {
    private static final Comparator<Sample> ORDER = Comparator.comparing(TextWriter::group)
            .thenComparing(sample -> rank(sample.series()))
            .thenComparing(sample -> bound(sample.series()));

    private final Timestamps timestamps;

    public TextWriter(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    /**
     * Writes {@code samples} to {@code out}.
     *
     * @throws IllegalArgumentException when a series comes twice, or two families of one name differ in type
     */
    public void write(Collection<Sample> samples, Appendable out) throws IOException {
        var families = new TreeMap<String, List<Sample>>();
        for (Sample sample : samples) {
            families.computeIfAbsent(sample.series().family().name(), name -> new ArrayList<>())
                    .add(sample);
        }
        for (var family : families.values()) {
            writeFamily(family, out);
        }
    }

    private void writeFamily(List<Sample> samples, Appendable out) throws IOException {
        writeHeader(header(samples), out);
        samples.sort(ORDER);
        Sample previous = null;
        for (Sample sample : samples) {
            if (previous != null && sameSeries(previous.series(), sample.series())) {
                throw new IllegalArgumentException("the series comes twice: " + sample.series());
            }
            writeSample(sample, out);
            previous = sample;
        }
    }

    /** Returns the family's description; the longest help text is the one that says most. */
    private static MetricFamily header(List<Sample> samples) {
        var families = samples.stream()
                .map(sample -> sample.series().family())
                .distinct()
                .toList();
        var types = families.stream().map(MetricFamily::type).distinct().toList();
        if (types.size() > 1) {
            throw new IllegalArgumentException(families.getFirst().name() + " has more than one type: " + types);
        }
        return families.stream()
                .max(Comparator.<MetricFamily>comparingInt(
                                family -> family.help().length())
                        .thenComparing(MetricFamily::help))
                .orElseThrow();
    }

    private static void writeHeader(MetricFamily family, Appendable out) throws IOException {
        if (!family.help().isEmpty()) {
            out.append("# HELP ").append(family.name()).append(' ');
            escape(family.help(), "\\\n", out);
            out.append('\n');
        }
        out.append("# TYPE ")
                .append(family.name())
                .append(' ')
                .append(family.type().text())
                .append('\n');
    }

    private void writeSample(Sample sample, Appendable out) throws IOException {
        var series = sample.series();
        out.append(series.family().name()).append(series.suffix());
        writeLabels(series.labels(), out);
        out.append(' ').append(number(sample.value()));
        if (timestamps == Timestamps.WRITTEN) {
            out.append(' ').append(Long.toString(sample.at().toEpochMilli()));
        }
        out.append('\n');
    }

    private static void writeLabels(Labels labels, Appendable out) throws IOException {
        char separator = '{';
        for (var label : labels.toMap().entrySet()) {
            out.append(separator).append(label.getKey()).append("=\"");
            escape(label.getValue(), "\\\n\"", out);
            out.append('"');
            separator = ',';
        }
        if (labels.size() > 0) {
            out.append('}');
        }
    }

    /** Returns {@code value} as the format writes it: whole numbers without a fraction. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole && (value != 0 || 1 / value > 0) ? Long.toString((long) value) : Double.toString(value);
    }

    private static void escape(String text, String special, Appendable out) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (special.indexOf(c) < 0) {
                out.append(c);
            } else {
                out.append('\\').append(c == '\n' ? 'n' : c);
            }
        }
    }

    private static boolean sameSeries(Series a, Series b) {
        return a.suffix().equals(b.suffix()) && a.labels().equals(b.labels());
    }

    /** The labels that a histogram's or summary's series have in common. */
    private static Labels group(Sample sample) {
        var labels = sample.series().labels();
        return switch (sample.series().family().type()) {
            case HISTOGRAM -> labels.with("le", "");
            case SUMMARY -> labels.with("quantile", "");
            case COUNTER, GAUGE, UNKNOWN -> labels;
        };
    }

    private static int rank(Series series) {
        return switch (series.suffix()) {
            case "_sum" -> 1;
            case "_count" -> 2;
            default -> 0;
        };
    }

    private static double bound(Series series) {
        String label = series.family().type() == MetricType.HISTOGRAM ? "le" : "quantile";
        return series.labels().get(label).map(Numbers::parse).orElse(0.0);
    }
}
