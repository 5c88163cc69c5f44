package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.MetricFamily;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Types, units and helps as remote write 1.0 has them: not with the samples, but in messages of their own. Bounded. */
final class FamilyList {
    private static final int MOST = 50_000;

    private final Map<String, MetricFamily> families = new LinkedHashMap<>();

    void add(MetricFamily family) {
        if (families.size() < MOST || families.containsKey(family.name())) {
            families.put(family.name(), family);
        }
    }

    boolean isEmpty() {
        return families.isEmpty();
    }

    /** Replaces what is in {@code out} by a {@code prometheus.WriteRequest} of all that is known. */
    void write(ProtoBuffer out) {
        out.clear();
        var entry = new ProtoBuffer(256);
        for (var family : families.values()) {
            entry.clear();
            entry.write(0x08);
            entry.write(WriteFormat.number(family.type()));
            writeText(0x12, family.name(), entry);
            writeText(0x22, family.help(), entry);
            writeText(0x2A, family.unit(), entry);
            out.write(0x1A);
            out.writeVarint(entry.size());
            out.write(entry);
        }
    }

    private static void writeText(int tag, String text, ProtoBuffer out) {
        if (!text.isEmpty()) {
            out.writeField(tag, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
