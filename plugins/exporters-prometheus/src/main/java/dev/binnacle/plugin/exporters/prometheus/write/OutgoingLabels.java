package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.relabel.LabelBuilder;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The labels under which a series goes out.
 *
 * @param external what a series gets that does not have it
 * @param relabeling the receiver's rules, which may also drop the series
 */
record OutgoingLabels(Labels external, Relabeling relabeling) {
    /** A series' own labels. */
    static final OutgoingLabels OWN = new OutgoingLabels(Labels.EMPTY, new Relabeling(List.of()));

    private static final Comparator<Pair> BY_NAME = (one, other) -> Arrays.compareUnsigned(one.name, other.name);

    /** A label as bytes, of which {@code __name__} is one. */
    record Pair(byte[] name, byte[] value) {}

    /** Returns the labels sorted by the bytes of their names; none when the series does not go out. */
    List<Pair> of(Series series) {
        var own = series.labels().toMap();
        external.forEach(own::putIfAbsent);
        own.put("__name__", series.name());
        var pairs = new ArrayList<Pair>(own.size());
        kept(own).forEach((name, value) -> pairs.add(new Pair(utf8(name), utf8(value))));
        pairs.sort(BY_NAME);
        return pairs;
    }

    private TreeMap<String, String> kept(TreeMap<String, String> labels) {
        if (relabeling.isEmpty()) {
            return labels;
        }
        var changed = new LabelBuilder(labels);
        return relabeling.apply(changed) ? changed.toMap() : new TreeMap<>();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
