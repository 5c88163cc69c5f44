package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import java.util.List;

/**
 * The parts of a histogram or summary, which come one after the other and belong into one batch: some receivers take it as a whole or
 * not at all.
 */
public final class Parts {
    private Parts() {}

    /** Tells whether both are parts of one histogram or summary at one time. */
    public static boolean together(Sample one, Sample other) {
        var family = one.series().family();
        if (family.type() != MetricType.HISTOGRAM && family.type() != MetricType.SUMMARY) {
            return false;
        }
        return family.equals(other.series().family())
                && one.at().equals(other.at())
                && own(one.series().labels(), family.type())
                        .equals(own(other.series().labels(), family.type()));
    }

    /**
     * Returns how many samples of {@code batch} to keep so that {@code next}, which comes behind them, finds its own: all of them when
     * they are not in it, or when the whole batch is parts of one.
     */
    public static int whole(List<Sample> batch, Sample next) {
        Sample behind = next;
        for (int size = batch.size(); size > 0; size--) {
            if (!together(batch.get(size - 1), behind)) {
                return size;
            }
            behind = batch.get(size - 1);
        }
        return batch.size();
    }

    private static Labels own(Labels labels, MetricType type) {
        return labels.with(type == MetricType.HISTOGRAM ? "le" : "quantile", "");
    }
}
