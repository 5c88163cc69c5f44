package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.sink.Answer;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import java.time.InstantSource;
import java.util.OptionalLong;

/** What answers to remote write say besides their status: how many samples were written, which only receivers of 2.0 do. */
final class Written {
    private static final String HEADER = "X-Prometheus-Remote-Write-Samples-Written";
    private static final int UNSUPPORTED = 415;

    private Written() {}

    /** Tells whether a message of 2.0 met a receiver that knows 1.0 only: it says so, or took it for an empty one of 1.0. */
    static boolean knowsNoVersionTwo(Answer answer) {
        return answer.status() == UNSUPPORTED
                || answer.isSuccess() && count(answer).isEmpty();
    }

    /**
     * Returns what the pipeline has to know of a refused batch.
     *
     * @param size how many samples were to be written, those that were not even sent included
     */
    static ExportException failure(Answer answer, int size, InstantSource clock) {
        int taken = Math.clamp(count(answer).orElse(0), 0, size);
        var failure = answer.failure(Answer.PASSING, clock);
        boolean partial = taken > 0 && failure.kind() == FailureKind.PERMANENT && !failure.isTooLarge();
        return partial ? ExportException.partial(size - taken, answer.message()) : failure;
    }

    private static OptionalLong count(Answer answer) {
        String text = answer.header(HEADER);
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
