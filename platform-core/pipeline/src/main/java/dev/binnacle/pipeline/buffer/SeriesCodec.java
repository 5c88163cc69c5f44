package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Series;
import java.util.TreeMap;

/** A series as the content of a frame: its number, its family, its labels. */
final class SeriesCodec {
    private SeriesCodec() {}

    static void write(int number, Series series, Bytes out) {
        out.putVarint(number);
        var family = series.family();
        out.putText(family.name());
        out.putText(family.type().name());
        out.putText(family.unit());
        out.putText(family.help());
        out.putText(series.suffix());
        out.putVarint(series.labels().size());
        series.labels().forEach((name, value) -> {
            out.putText(name);
            out.putText(value);
        });
    }

    static int number(byte[] content) {
        return (int) new Cursor(content).readVarint();
    }

    static Series read(byte[] content) {
        var in = new Cursor(content);
        in.readVarint();
        String name = in.readText();
        var type = MetricType.valueOf(in.readText());
        String unit = in.readText();
        String help = in.readText();
        String suffix = in.readText();
        var labels = new TreeMap<String, String>();
        for (long left = in.readVarint(); left > 0; left--) {
            labels.put(in.readText(), in.readText());
        }
        return new Series(new MetricFamily(name, type, unit, help), suffix, Labels.of(labels));
    }
}
