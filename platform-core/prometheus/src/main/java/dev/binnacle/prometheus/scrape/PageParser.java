package dev.binnacle.prometheus.scrape;

import dev.binnacle.prometheus.exposition.LineProblem;
import dev.binnacle.prometheus.scrape.LineReader.Kind;
import dev.binnacle.prometheus.scrape.LineReader.Malformed;
import dev.binnacle.prometheus.scrape.LineReader.NeedMore;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of one target, one after the other. A page is accepted if and only if Prometheus accepts it (with names of
 * letters, digits and underscores: {@code metric_name_validation_scheme: legacy}).
 *
 * <p>What a page costs: its memory is that of its longest line, whatever its length. A line that names the same series as before
 * is recognised by the fingerprint of its bytes, at best where it is expected; nothing is done for its labels.
 *
 * <p>For one thread at a time.
 *
 * @param <T> what stands for a series
 */
public final class PageParser<T> {
    /** A parser whose pages have nothing in common, which remembers no lines. */
    public static final int REMEMBER_NOTHING = 0;

    /** A parser that remembers all lines. */
    public static final int REMEMBER_ALL = Integer.MAX_VALUE;

    private final PageFormat format;
    private final SeriesMaker<T> maker;
    private final LineRules rules;
    private final int remembered;
    private final ByteWindow window = new ByteWindow();
    private final LineReader reader;
    private final Fingerprint print = new Fingerprint();
    private final PlainDecimal decimal = new PlainDecimal();
    private final Families families = new Families();
    private final SeriesBuilder builder = new SeriesBuilder(families);
    private final LineCache<T> cache = new LineCache<>();

    /** Stands before the first line, so that it has a next one too. */
    private final CachedLine<T> first = new CachedLine<>(print, 0);

    private CachedLine<T> last = first;
    private DeclaredType type = DeclaredType.UNKNOWN;
    private boolean ended;
    private int page;
    private int line;
    private int present;
    private long exemplars;

    /**
     * @param maker makes what stands for a series
     * @param remembered how many lines are remembered
     */
    public PageParser(PageFormat format, SeriesMaker<T> maker, int remembered) {
        this(format, maker, remembered, LineRules.NONE);
    }

    /** Makes one that holds its pages to rules of which nothing that is remembered would have to be asked. */
    PageParser(PageFormat format, SeriesMaker<T> maker, int remembered, LineRules rules) {
        this.rules = rules;
        this.format = format;
        this.maker = maker;
        this.remembered = remembered;
        this.reader = format == PageFormat.TEXT ? new TextLine(window) : new OpenMetricsLine(window);
    }

    /**
     * Reads a page to its end.
     *
     * @throws IOException when the body cannot be read
     * @throws MalformedPageException when the page breaks its format; the samples so far are not to be used
     */
    public void parse(InputStream body, SampleSink<T> sink) throws IOException, MalformedPageException {
        begin();
        boolean more = true;
        try {
            while (more) {
                more = isLineRead(body, sink);
            }
        } catch (Malformed e) {
            throw new MalformedPageException(line, e.reason());
        } finally {
            window.reset();
        }
        cache.expire(page, present);
    }

    /**
     * Reads a page to its end, and leaves out the lines that make it one that Prometheus refuses.
     *
     * @param problems gets what is wrong with those
     * @throws IOException when the body cannot be read
     */
    public void check(InputStream body, SampleSink<T> sink, Consumer<LineProblem> problems) throws IOException {
        begin();
        boolean more = true;
        while (more) {
            try {
                more = isLineRead(body, sink);
            } catch (Malformed e) {
                problems.accept(new LineProblem(line, e.reason()));
                more = isLineSkipped(body);
            }
        }
    }

    /** Returns how many exemplars have been skipped, on all pages. */
    public long exemplars() {
        return exemplars;
    }

    private void begin() {
        window.reset();
        last = first;
        type = DeclaredType.UNKNOWN;
        page++;
        line = 1;
        present = 0;
        ended = false;
    }

    private boolean isLineRead(InputStream body, SampleSink<T> sink) throws IOException, Malformed {
        try {
            boolean more = isPredicted(sink) || readLine(body, sink);
            if (!more) {
                requireEnd(body);
            }
            return more;
        } catch (RefusedSeriesException e) {
            throw new Malformed(e.reason());
        }
    }

    /** Goes to the next line, and tells whether there can be one. */
    private boolean isLineSkipped(InputStream body) throws IOException {
        boolean found = ended;
        while (!found && isMore(body)) {
            found = window.bytes[window.at++] == '\n';
        }
        line++;
        return !ended && isMore(body);
    }

    /** Reads a line that is the one which followed the line before when that was last there. */
    private boolean isPredicted(SampleSink<T> sink) throws Malformed, RefusedSeriesException {
        var expected = last.next;
        if (expected == null || window.end - window.at <= expected.length + 1) {
            return false;
        }
        print.of(window.bytes, window.at, expected.length);
        if (!expected.has(print)) {
            return false;
        }
        if (expected.series == null) {
            description(expected);
            window.at += expected.length;
            return true;
        }
        return isNameComplete(window.at + expected.length) && isSample(expected, sink);
    }

    private void description(CachedLine<T> known) {
        seen(known);
        line++;
        if (known.declares != null) {
            type = known.declares;
        }
    }

    /** Tells whether a name that ends here has no labels or further letters behind it. */
    private boolean isNameComplete(int end) {
        byte after = window.bytes[end + 1];
        return window.bytes[end] == ' ' && after != '{' && after != ' ' && after != '\t';
    }

    /** Reads the value behind a known series; not when the line is not wholly at hand. */
    private boolean isSample(CachedLine<T> known, SampleSink<T> sink) throws Malformed, RefusedSeriesException {
        var series = known.series;
        if (series == null || known.descriptions != families.changes()) {
            return false;
        }
        int from = window.at + known.length;
        if (decimal.read(window.bytes, from + 1, window.end, '\n')) {
            sink.sample(series, decimal.value, SampleSink.NO_TIMESTAMP);
            window.at = decimal.end + 1;
        } else if (isTail(from)) {
            sink.sample(series, reader.value, reader.timestamp);
            window.at = reader.at;
        } else {
            return false;
        }
        line++;
        seen(known);
        return true;
    }

    private boolean isTail(int from) throws Malformed {
        reader.reset();
        reader.at = from;
        try {
            reader.tail();
        } catch (NeedMore e) {
            return false;
        }
        exemplars += reader.exemplar ? 1 : 0;
        return true;
    }

    private boolean readLine(InputStream body, SampleSink<T> sink)
            throws IOException, Malformed, RefusedSeriesException {
        if (window.at == window.end && window.isComplete()) {
            return false;
        }
        try {
            return readLine(sink);
        } catch (NeedMore e) {
            more(body);
            return true;
        }
    }

    /** Reads a line, whatever it is, and tells whether there may be another. */
    private boolean readLine(SampleSink<T> sink) throws Malformed, RefusedSeriesException {
        reader.reset();
        switch (reader.begin()) {
            case SAMPLE -> sample(sink);
            case NOTHING -> remember(null);
            case HELP -> {
                var help = SeriesBuilder.utf8(reader, reader.textFrom, reader.textTo);
                rules.described(Kind.HELP, familyName(), help, line);
                families.help(familyName(), SeriesBuilder.unescaped(help));
                remember(null);
            }
            case TYPE -> {
                type = declared();
                rules.described(Kind.TYPE, familyName(), window.text(reader.textFrom, reader.textTo), line);
                families.type(familyName(), type);
                remember(type);
            }
            case UNIT -> {
                rules.described(Kind.UNIT, familyName(), unit(), line);
                families.unit(familyName(), unit());
                remember(null);
            }
            case END -> {
                ended = true;
                window.at = reader.at;
                return false;
            }
        }
        window.at = reader.at;
        line++;
        return true;
    }

    private void sample(SampleSink<T> sink) throws Malformed, RefusedSeriesException {
        int length = reader.at - window.at;
        reader.tail();
        exemplars += reader.exemplar ? 1 : 0;
        var known = known(length);
        var series = known.series;
        if (series == null || known.descriptions != families.changes()) {
            Series named = builder.build(reader, type);
            rules.sample(reader, named, line);
            series = maker.make(named, series);
            known.series = series;
            known.descriptions = families.changes();
        }
        sink.sample(series, reader.value, reader.timestamp);
        seen(known);
    }

    private CachedLine<T> known(int length) {
        print.of(window.bytes, window.at, length);
        var known = cache.find(print, length);
        if (known == null) {
            known = new CachedLine<>(print, length);
            if (cache.size() < remembered) {
                cache.add(known);
            }
        }
        return known;
    }

    /** Remembers a line that is no sample, all of it. */
    private void remember(@Nullable DeclaredType declared) {
        if (remembered > 0) {
            var known = known(reader.at - window.at);
            known.declares = declared;
            seen(known);
        }
    }

    private void seen(CachedLine<T> known) {
        if (remembered > 0) {
            last.next = known;
            last = known;
            present += known.page == page ? 0 : 1;
            known.page = page;
        }
    }

    private String familyName() {
        return window.text(reader.nameFrom, reader.nameTo);
    }

    private DeclaredType declared() throws Malformed {
        String word = window.text(reader.textFrom, reader.textTo);
        return DeclaredType.of(word, format)
                .orElseThrow(() -> new Malformed("'" + word + "' is not the type of a metric"));
    }

    private String unit() throws Malformed {
        String unit = window.text(reader.textFrom, reader.textTo);
        String family = familyName();
        if (!unit.isEmpty() && !family.endsWith("_" + unit)) {
            throw new Malformed("the unit " + unit + " is not at the end of the name " + family);
        }
        return unit;
    }

    private void more(InputStream body) throws IOException, Malformed {
        if (window.isComplete()) {
            throw new Malformed("the page ends within a line");
        }
        if (window.isFull()) {
            throw new Malformed("the line is longer than " + ByteWindow.LONGEST_LINE + " bytes");
        }
        window.fill(body);
        if (window.isComplete() && format == PageFormat.TEXT) {
            window.endLine();
        }
    }

    /** Nothing may follow where OpenMetrics has said that the page ends; Prometheus looks no further in the text format. */
    private void requireEnd(InputStream body) throws IOException, Malformed {
        if (format == PageFormat.TEXT) {
            return;
        }
        if (!ended) {
            throw new Malformed("the page does not end with '# EOF'");
        }
        if (isMore(body) && window.bytes[window.at] == '\n') {
            window.at++;
        }
        if (isMore(body)) {
            throw new Malformed("the page goes on behind '# EOF'");
        }
    }

    private boolean isMore(InputStream body) throws IOException {
        if (window.at == window.end && !window.isComplete()) {
            window.fill(body);
        }
        return window.at < window.end;
    }
}
