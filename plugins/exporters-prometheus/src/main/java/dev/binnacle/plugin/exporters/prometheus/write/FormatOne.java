package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.util.List;

/** Remote write 1.0: {@code prometheus.WriteRequest}, each series with all its labels. */
final class FormatOne implements WriteFormat {
    private static final int MAX_SERIES = 500_000;

    private final OutgoingLabels outgoing;
    private final SeriesCache<byte[]> labels = new SeriesCache<>(MAX_SERIES, this::encode);

    private final FamilyList families = new FamilyList();

    FormatOne(OutgoingLabels outgoing) {
        this.outgoing = outgoing;
    }

    /** Returns the families of what was written. */
    FamilyList families() {
        return families;
    }

    @Override
    public int write(List<Sample> batch, ProtoBuffer out) {
        out.clear();
        int written = 0;
        for (var sample : batch) {
            byte[] own = labels.get(sample.series());
            if (own.length == 0) {
                continue;
            }
            written++;
            long millis = WriteFormat.millis(sample.at());
            out.write(0x0A);
            out.writeVarint(own.length + 2L + WriteFormat.sampleSize(millis));
            out.write(own);
            WriteFormat.writeSample(sample, millis, out);
        }
        return written;
    }

    @Override
    public String contentType() {
        return "application/x-protobuf";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    /** Returns the series' labels as field 1 of a {@code TimeSeries}, once for each label. */
    private byte[] encode(Series series) {
        var all = new ProtoBuffer(512);
        families.add(series.family());
        for (var pair : outgoing.of(series)) {
            all.write(0x0A);
            all.writeVarint(fieldSize(pair.name()) + fieldSize(pair.value()));
            all.writeField(0x0A, pair.name());
            all.writeField(0x12, pair.value());
        }
        return all.copy();
    }

    private static long fieldSize(byte[] content) {
        return 1L + ProtoBuffer.varintSize(content.length) + content.length;
    }
}
