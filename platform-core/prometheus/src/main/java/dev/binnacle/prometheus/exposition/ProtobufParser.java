package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads Prometheus' protobuf format: messages {@code io.prometheus.client.MetricFamily}, each after its length. Where the text formats
 * have lines, this one has messages, counted from 1.
 *
 * <p>Native histograms are shown as what text can show of them: their count, their sum, and the bucket that counts everything.
 * A metric that is wrong is left out and reported; the others are read.
 *
 * @see <a href="https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto">metrics.proto</a>
 */
public final class ProtobufParser {
    /** Larger ones are taken for a length that is none. */
    private static final int LARGEST_MESSAGE = 64 << 20;

    /** By their numbers; 5 is the gauge histogram, whose series fall, too. */
    private static final List<String> TYPES =
            List.of("counter", "gauge", "summary", "untyped", "histogram", "histogram");

    private static final int GAUGE = 2;
    private static final int COUNTER = 3;
    private static final int SUMMARY = 4;
    private static final int UNTYPED = 5;
    private static final int HISTOGRAM = 7;

    private final Instant at;
    private final Map<String, FamilyState> families = new HashMap<>();
    private final List<HistogramCheck> histograms = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<LineProblem> problems = new ArrayList<>();
    private int messages;

    private ProtobufParser(Instant at) {
        this.at = at;
    }

    /**
     * Returns what {@code page} contains.
     *
     * @param at the time of samples that bring none themselves
     * @throws IOException when it cannot be read
     */
    public static Exposition parse(InputStream page, Instant at) throws IOException {
        return new ProtobufParser(at).read(page);
    }

    private Exposition read(InputStream page) throws IOException {
        try {
            for (int first = page.read(); first >= 0; first = page.read()) {
                messages++;
                readFamily(ByteBuffer.wrap(message(page, length(page, first))));
            }
        } catch (LineException e) {
            problem(e.reason());
        }
        histograms.forEach(check -> problems.addAll(check.problems()));
        problems.sort(Comparator.comparingInt(LineProblem::line));
        var remarks = families.values().stream()
                .flatMap(family -> family.remarks().stream())
                .sorted(Comparator.comparingInt(LineProblem::line).thenComparing(LineProblem::reason))
                .toList();
        return new Exposition(samples, problems, remarks);
    }

    private static int length(InputStream page, int first) throws IOException, LineException {
        long length = 0;
        int next = first;
        for (int shift = 0; shift < Integer.SIZE && next >= 0; shift += 7) {
            length |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                if (length > LARGEST_MESSAGE) {
                    break;
                }
                return (int) length;
            }
            next = page.read();
        }
        throw new LineException("there is no length of a message: this is not the protobuf format");
    }

    private static byte[] message(InputStream page, int length) throws IOException, LineException {
        byte[] bytes = page.readNBytes(length);
        if (bytes.length < length) {
            throw new LineException("the page ends within a message: " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private void readFamily(ByteBuffer message) {
        try {
            String name = "";
            String help = "";
            long type = 0;
            var metrics = new ArrayList<ByteBuffer>();
            var fields = new ProtobufFields(message);
            for (int field = fields.next(); field != 0; field = fields.next()) {
                switch (field) {
                    case 1 -> name = fields.text();
                    case 2 -> help = fields.text();
                    case 3 -> type = fields.integer();
                    case 4 -> metrics.add(fields.message());
                    default -> fields.skip();
                }
            }
            readMetrics(family(name, help, type), metrics);
        } catch (LineException | IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
        }
    }

    private FamilyState family(String name, String help, long type) throws LineException {
        if (type < 0 || type >= TYPES.size()) {
            throw new LineException("the family '" + name + "' has the unknown type " + type);
        }
        var family = new FamilyState(name, messages);
        if (!help.isEmpty()) {
            family.help(help);
        }
        family.type(TYPES.get((int) type));
        family.family();
        if (families.putIfAbsent(name, family) != null) {
            throw new LineException("the family " + name + " comes twice");
        }
        return family;
    }

    private void readMetrics(FamilyState family, List<ByteBuffer> metrics) {
        var check = new HistogramCheck(family.family().name());
        for (var metric : metrics) {
            try {
                for (var sample : metric(family, metric)) {
                    samples.add(sample);
                    if (family.type() == MetricType.HISTOGRAM) {
                        check.add(sample, messages);
                    }
                }
            } catch (LineException | IllegalArgumentException e) {
                problem(String.valueOf(e.getMessage()));
            }
        }
        histograms.add(check);
    }

    private List<Sample> metric(FamilyState family, ByteBuffer metric) throws LineException {
        var labels = new TreeMap<String, String>();
        Instant time = at;
        int kind = 0;
        ByteBuffer value = metric;
        var fields = new ProtobufFields(metric);
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> readLabel(fields.message(), labels);
                case GAUGE, COUNTER, SUMMARY, UNTYPED, HISTOGRAM -> {
                    kind = field;
                    value = fields.message();
                }
                case 6 -> time = Instant.ofEpochMilli(fields.integer());
                default -> fields.skip();
            }
        }
        var type = family.type();
        if (kind != expected(type)) {
            throw new LineException("a metric of the " + type.text() + " "
                    + family.family().name() + labels + (kind == 0 ? " has no value" : " has a value of another type"));
        }
        var made = new Metric(family, Labels.of(labels), time);
        switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> made.add("", made.labels, plainValue(value));
            case SUMMARY -> readSummary(value, made);
            case HISTOGRAM -> readHistogram(value, made);
        }
        return made.samples;
    }

    private static int expected(MetricType type) {
        return switch (type) {
            case COUNTER -> COUNTER;
            case GAUGE -> GAUGE;
            case SUMMARY -> SUMMARY;
            case HISTOGRAM -> HISTOGRAM;
            case UNKNOWN -> UNTYPED;
        };
    }

    private static void readLabel(ByteBuffer message, Map<String, String> labels) throws LineException {
        String name = "";
        String value = "";
        var fields = new ProtobufFields(message);
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> name = fields.text();
                case 2 -> value = fields.text();
                default -> fields.skip();
            }
        }
        if (labels.put(name, value) != null) {
            throw new LineException("the label " + name + " comes twice");
        }
    }

    private static double plainValue(ByteBuffer message) throws LineException {
        double value = 0;
        var fields = new ProtobufFields(message);
        for (int field = fields.next(); field != 0; field = fields.next()) {
            if (field == 1) {
                value = fields.number();
            } else {
                fields.skip();
            }
        }
        return value;
    }

    private static void readSummary(ByteBuffer message, Metric metric) throws LineException {
        long count = 0;
        double sum = 0;
        var fields = new ProtobufFields(message);
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> count = fields.integer();
                case 2 -> sum = fields.number();
                case 3 -> {
                    var pair = Pair.read(fields.message());
                    metric.add("", metric.bounded("quantile", pair.bound), pair.value);
                }
                default -> fields.skip();
            }
        }
        metric.add("_sum", metric.labels, sum);
        metric.add("_count", metric.labels, unsigned(count));
    }

    private static void readHistogram(ByteBuffer message, Metric metric) throws LineException {
        double count = 0;
        double sum = 0;
        double last = Double.NaN;
        var fields = new ProtobufFields(message);
        for (int field = fields.next(); field != 0; field = fields.next()) {
            switch (field) {
                case 1 -> count = Math.max(count, unsigned(fields.integer()));
                case 2 -> sum = fields.number();
                case 3 -> {
                    var pair = Pair.readBucket(fields.message());
                    last = pair.bound;
                    metric.add("_bucket", metric.bounded("le", pair.bound), pair.value);
                }
                // Of histograms whose observations have weights.
                case 4 -> count = Math.max(count, fields.number());
                default -> fields.skip();
            }
        }
        if (last != Double.POSITIVE_INFINITY) {
            // The format may leave it out, as it says what the count says; the text formats may not.
            metric.add("_bucket", metric.bounded("le", Double.POSITIVE_INFINITY), count);
        }
        metric.add("_sum", metric.labels, sum);
        metric.add("_count", metric.labels, count);
    }

    private static double unsigned(long count) {
        return count >= 0 ? count : (count >>> 1) * 2.0;
    }

    private void problem(String reason) {
        problems.add(new LineProblem(messages, reason));
    }

    /** A bucket or quantile. */
    private record Pair(double bound, double value) {
        static Pair read(ByteBuffer message) throws LineException {
            double[] pair = new double[2];
            var fields = new ProtobufFields(message);
            for (int field = fields.next(); field != 0; field = fields.next()) {
                if (field <= pair.length) {
                    pair[field - 1] = fields.number();
                } else {
                    fields.skip();
                }
            }
            return new Pair(pair[0], pair[1]);
        }

        static Pair readBucket(ByteBuffer message) throws LineException {
            double bound = 0;
            double count = 0;
            var fields = new ProtobufFields(message);
            for (int field = fields.next(); field != 0; field = fields.next()) {
                switch (field) {
                    case 1 -> count = Math.max(count, unsigned(fields.integer()));
                    case 2 -> bound = fields.number();
                    case 4 -> count = Math.max(count, fields.number());
                    default -> fields.skip();
                }
            }
            return new Pair(bound, count);
        }
    }

    /** The samples of one metric. */
    private static final class Metric {
        private final List<Sample> samples = new ArrayList<>();
        private final FamilyState family;
        private final Labels labels;
        private final Instant time;

        Metric(FamilyState family, Labels labels, Instant time) {
            this.family = family;
            this.labels = labels;
            this.time = time;
        }

        Labels bounded(String name, double bound) {
            return labels.with(name, Bounds.classic(bound));
        }

        void add(String suffix, Labels own, double value) throws LineException {
            family.requireNew(suffix, own);
            samples.add(new Sample(new Series(family.family(), suffix, own), value, time));
        }
    }
}
