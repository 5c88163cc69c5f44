package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Remote write 2.0: {@code io.prometheus.write.v2.Request}, each text once, series with their type, unit and help. */
final class FormatTwo implements WriteFormat {
    private static final int MAX_SERIES = 500_000;
    private static final int MAX_SYMBOLS = 2_000_000;
    private static final int NO_TEXT = -1;

    /** A series by the numbers of its texts: names and values in turn. */
    private record Numbered(int[] labels, int type, int help, int unit) {}

    private final OutgoingLabels outgoing;
    private final ProtoBuffer refs = new ProtoBuffer(256);
    private final ProtoBuffer metadata = new ProtoBuffer(32);
    private final ProtoBuffer series = new ProtoBuffer(64 * 1024);
    private final SeriesCache<Numbered> known = new SeriesCache<>(MAX_SERIES, this::number);
    private Symbols symbols = new Symbols();

    FormatTwo(OutgoingLabels outgoing) {
        this.outgoing = outgoing;
    }

    @Override
    public int write(List<Sample> batch, ProtoBuffer out) {
        forgetWhenTooMany();
        symbols.begin();
        series.clear();
        int written = 0;
        for (var sample : batch) {
            var numbered = known.get(sample.series());
            if (numbered.labels().length > 0) {
                writeSeries(numbered, sample);
                written++;
            }
        }
        out.clear();
        out.write(symbols.table());
        out.write(series);
        return written;
    }

    @Override
    public String contentType() {
        return "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    }

    @Override
    public String version() {
        return "2.0.0";
    }

    private void writeSeries(Numbered numbered, Sample sample) {
        refs.clear();
        for (int number : numbered.labels()) {
            refs.writeVarint(symbols.place(number));
        }
        writeMetadata(numbered);
        long millis = WriteFormat.millis(sample.at());
        series.write(0x2A);
        series.writeVarint(fieldSize(refs) + 2 + WriteFormat.sampleSize(millis) + fieldSize(metadata));
        writeField(0x0A, refs);
        WriteFormat.writeSample(sample, millis, series);
        writeField(0x2A, metadata);
    }

    private void writeMetadata(Numbered numbered) {
        metadata.clear();
        metadata.write(0x08);
        metadata.write(numbered.type());
        writeReference(0x18, numbered.help());
        writeReference(0x20, numbered.unit());
    }

    private void writeReference(int tag, int number) {
        if (number != NO_TEXT) {
            metadata.write(tag);
            metadata.writeVarint(symbols.place(number));
        }
    }

    private void writeField(int tag, ProtoBuffer content) {
        series.write(tag);
        series.writeVarint(content.size());
        series.write(content);
    }

    private static long fieldSize(ProtoBuffer content) {
        return 1L + ProtoBuffer.varintSize(content.size()) + content.size();
    }

    private Numbered number(Series made) {
        var pairs = outgoing.of(made);
        int[] labels = new int[2 * pairs.size()];
        for (int i = 0; i < pairs.size(); i++) {
            labels[2 * i] = symbols.number(pairs.get(i).name());
            labels[2 * i + 1] = symbols.number(pairs.get(i).value());
        }
        var family = made.family();
        return new Numbered(labels, WriteFormat.number(family.type()), number(family.help()), number(family.unit()));
    }

    private int number(String text) {
        return text.isEmpty() ? NO_TEXT : symbols.number(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Texts that no series has any more are not found one by one: all are numbered anew. */
    private void forgetWhenTooMany() {
        if (symbols.size() > MAX_SYMBOLS) {
            symbols = new Symbols();
            known.clear();
        }
    }
}
