package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The labels of a series as remote write wants them: with {@code __name__}, sorted by the bytes of the names. */
final class LabelPairs {
    record Pair(byte[] name, byte[] value) {}

    private static final byte[] NAME = utf8("__name__");

    private LabelPairs() {}

    static List<Pair> of(Series series) {
        var pairs = new ArrayList<Pair>(series.labels().size() + 1);
        pairs.add(new Pair(NAME, utf8(series.name())));
        series.labels().forEach((name, value) -> pairs.add(new Pair(utf8(name), utf8(value))));
        pairs.sort(Comparator.comparing(Pair::name, Arrays::compareUnsigned));
        return pairs;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
