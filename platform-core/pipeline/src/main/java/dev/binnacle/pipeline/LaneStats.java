package dev.binnacle.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The account of one exporter's samples, taken at one moment: received = exported + dropped + queued, always.
 *
 * @param received samples that collectors gave
 * @param exported samples that the exporter took
 * @param queued samples that wait, those of a batch under way included
 * @param dropped samples by the reason why they did not get through; every reason has an entry
 * @param failures calls of the exporter that failed, each retry counted
 * @param bufferBytes what those that wait on disk take there
 * @param bufferFailures how often the disk did not do what it was asked for
 */
public record LaneStats(
        long received,
        long exported,
        long queued,
        Map<DropReason, Long> dropped,
        long failures,
        long bufferBytes,
        long bufferFailures) {
    public LaneStats {
        var all = new EnumMap<DropReason, Long>(DropReason.class);
        for (var reason : DropReason.values()) {
            all.put(reason, dropped.getOrDefault(reason, 0L));
        }
        dropped = Collections.unmodifiableMap(all);
    }
}
