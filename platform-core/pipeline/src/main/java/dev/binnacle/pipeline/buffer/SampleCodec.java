package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Samples as the content of a frame: the number of the first one, how many there are, and each by its series' number. */
final class SampleCodec {
    /** How many samples go into one frame at most. */
    static final int MOST = 4096;

    private SampleCodec() {}

    static void write(long first, List<Sample> samples, int[] series, Bytes out) {
        out.putLong(first);
        out.putInt(samples.size());
        Instant last = Instant.EPOCH;
        for (int i = 0; i < samples.size(); i++) {
            var sample = samples.get(i);
            boolean sameTime = sample.at().equals(last);
            out.putVarint((long) series[i] << 1 | (sameTime ? 0 : 1));
            if (!sameTime) {
                last = sample.at();
                out.putVarint(last.getEpochSecond());
                out.putVarint(last.getNano());
            }
            out.putLong(Double.doubleToRawLongBits(sample.value()));
        }
    }

    static long first(byte[] content) {
        return Bytes.longAt(content, 0);
    }

    static int count(byte[] content) {
        return Bytes.intAt(content, Long.BYTES);
    }

    /** Returns the samples whose series is known. */
    static List<Sample> read(byte[] content, IntFunction<@Nullable Series> known) {
        var samples = new ArrayList<Sample>(count(content));
        forEach(content, (number, value, at) -> {
            var series = known.apply(number);
            if (series != null) {
                samples.add(new Sample(series, value, at));
            }
        });
        return samples;
    }

    /** Returns how many samples there are whose series is known. */
    static int countKnown(byte[] content, IntPredicate known) {
        int[] count = {0};
        forEach(content, (number, value, at) -> count[0] += known.test(number) ? 1 : 0);
        return count[0];
    }

    private interface Taker {
        void take(int series, double value, Instant at);
    }

    private static void forEach(byte[] content, Taker taker) {
        var in = new Cursor(content);
        in.readLong();
        int count = in.readInt();
        Instant last = Instant.EPOCH;
        for (int i = 0; i < count; i++) {
            long head = in.readVarint();
            if ((head & 1) == 1) {
                last = Instant.ofEpochSecond(in.readVarint(), in.readVarint());
            }
            taker.take((int) (head >>> 1), Double.longBitsToDouble(in.readLong()), last);
        }
    }
}
