package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.relabel.LabelBuilder;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Series;
import java.nio.charset.StandardCharsets;
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

    /** A label as bytes, of which {@code __name__} is one. */
    record Pair(byte[] name, byte[] value) {}

    /** Returns the labels sorted by the bytes of their names; none when the series does not go out. */
    List<Pair> of(Series series) {
        var own = series.labels().toMap();
        external.forEach(own::putIfAbsent);
        own.put("__name__", series.name());
        return kept(own).entrySet().stream()
                .map(label -> new Pair(utf8(label.getKey()), utf8(label.getValue())))
                .sorted(Comparator.comparing(Pair::name, Arrays::compareUnsigned))
                .toList();
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
