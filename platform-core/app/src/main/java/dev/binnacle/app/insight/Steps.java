package dev.binnacle.app.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Times at which a chart has points: whole multiples of their distance, so that whoever looks a little later asks about the same.
 *
 * @param first, last seconds of Unix time
 * @param seconds between two of them
 */
record Steps(long first, long last, long seconds) {
    /** No chart shows more. */
    static final int MOST = 300;

    private static final long[] DISTANCES = {5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200};

    /** Returns those of a window: the smallest distance with which there are not too many. */
    static Steps of(Duration window, Instant end) {
        long distance = Arrays.stream(DISTANCES)
                .filter(each -> window.toSeconds() / each < MOST)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no chart is that long: " + window));
        long last = Math.floorDiv(end.getEpochSecond(), distance) * distance;
        long first = Math.max(0, last - window.toSeconds() / distance * distance);
        return new Steps(first, last, distance);
    }

    LongStream times() {
        return LongStream.iterate(first, time -> time <= last, time -> time + seconds);
    }
}
