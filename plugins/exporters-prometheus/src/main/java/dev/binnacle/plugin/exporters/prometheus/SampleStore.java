package dev.binnacle.plugin.exporters.prometheus;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest sample of every series, until it is too old. Safe for several threads.
 *
 * <p>One metric has one type on a page. The type that came first holds, as long as a series of it lives.
 */
final class SampleStore {
    /**
     * What a batch held that the page cannot show.
     *
     * @param example the name of one metric whose type conflicts; empty when there is none
     */
    record Refused(int conflicting, int overLimit, String example) {}

    private record Key(String suffix, Labels labels) {}

    private record Family(MetricType type, Map<Key, Sample> samples) {}

    private final Duration expiry;
    private final int maxSeries;
    private final Map<String, Family> families = new HashMap<>();
    private int size;

    SampleStore(Duration expiry, int maxSeries) {
        this.expiry = expiry;
        this.maxSeries = maxSeries;
    }

    /** Takes the samples of {@code batch} that are newer than the ones it has. */
    synchronized Refused put(List<Sample> batch, Instant now) {
        expire(now);
        int conflicting = 0;
        int overLimit = 0;
        String example = "";
        for (Sample sample : batch) {
            var wanted = sample.series().family();
            var family = families.computeIfAbsent(wanted.name(), name -> new Family(wanted.type(), new HashMap<>()));
            if (family.type() != wanted.type()) {
                conflicting++;
                example = wanted.name();
            } else if (!put(family, sample)) {
                overLimit++;
            }
        }
        return new Refused(conflicting, overLimit, example);
    }

    /** Returns the samples that are not too old. */
    synchronized List<Sample> live(Instant now) {
        expire(now);
        return families.values().stream()
                .flatMap(family -> family.samples().values().stream())
                .toList();
    }

    synchronized int size() {
        return size;
    }

    private boolean put(Family family, Sample sample) {
        var key = new Key(sample.series().suffix(), sample.series().labels());
        var known = family.samples().get(key);
        if (Staleness.isMarker(sample.value())) {
            boolean gone = known != null && !sample.at().isBefore(known.at());
            size -= gone && family.samples().remove(key) != null ? 1 : 0;
            return true;
        }
        if (known == null && size >= maxSeries) {
            return false;
        }
        if (known == null || !sample.at().isBefore(known.at())) {
            family.samples().put(key, sample);
            size += known == null ? 1 : 0;
        }
        return true;
    }

    private void expire(Instant now) {
        Instant oldest = now.minus(expiry);
        size = 0;
        for (var family : families.values()) {
            family.samples().values().removeIf(sample -> sample.at().isBefore(oldest));
            size += family.samples().size();
        }
        families.values().removeIf(family -> family.samples().isEmpty());
    }
}
