package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.List;

/** One version of the protocol: how samples become a message. For one thread. */
sealed interface WriteFormat permits FormatOne, FormatTwo {
    /** Replaces what is in {@code out} by the message, and returns how many samples it has; every value keeps its bits. */
    int write(List<Sample> batch, ProtoBuffer out);

    /** Returns the {@code Content-Type} of the message. */
    String contentType();

    /** Returns what {@code X-Prometheus-Remote-Write-Version} says. */
    String version();

    /** Returns the time in milliseconds; one that is further away than those reach becomes the furthest. */
    static long millis(Instant at) {
        try {
            return at.toEpochMilli();
        } catch (ArithmeticException e) {
            return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Returns the number that both versions have for a type. */
    static int number(MetricType type) {
        return switch (type) {
            case UNKNOWN -> 0;
            case COUNTER -> 1;
            case GAUGE -> 2;
            case HISTOGRAM -> 3;
            case SUMMARY -> 5;
        };
    }

    /** Writes a {@code Sample} as field 2 of a series, which it is in both versions. */
    static void writeSample(Sample sample, long millis, ProtoBuffer out) {
        out.write(0x12);
        out.write(sampleSize(millis));
        out.write(0x09);
        // Also when it is zero: a zero left out would lose its sign.
        out.writeFixed(Double.doubleToRawLongBits(sample.value()));
        out.write(0x10);
        out.writeVarint(millis);
    }

    /** Returns the length of a {@code Sample} without its tag and length, which take one byte each. */
    static int sampleSize(long millis) {
        return 1 + Double.BYTES + 1 + ProtoBuffer.varintSize(millis);
    }
}
