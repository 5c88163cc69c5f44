package dev.binnacle.plugin.exporters.prometheus.sink;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a receiver answered.
 *
 * @param said the body's beginning in one line, for messages
 * @param retryAfter what the header of that name says, as it is; empty when there is none
 * @param written how many samples it says that it has written; only receivers of 2.0 say so
 */
public record Answer(int status, String said, String retryAfter, OptionalLong written) {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED = 415;

    /** Tells whether all was taken. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Tells whether a message of 2.0 met a receiver that knows 1.0 only: it says so, or took it for an empty one of 1.0. */
    public boolean knowsNoVersionTwo() {
        return status == UNSUPPORTED || isSuccess() && written.isEmpty();
    }

    /** Returns what the pipeline has to know of a refused batch of {@code size} samples. */
    public ExportException failure(int size, InstantSource clock) {
        String message = "the receiver answers " + status + (said.isEmpty() ? "" : ": " + said);
        if (status == TOO_LARGE) {
            return ExportException.tooLarge(message);
        }
        if (status == TOO_MANY_REQUESTS || status / 100 == 5) {
            return pause(clock.instant())
                    .map(pause -> ExportException.retryAfter(pause, message))
                    .orElseGet(() -> new ExportException(FailureKind.TRANSIENT, message, null));
        }
        int taken = Math.clamp(written.orElse(0), 0, size);
        return taken > 0
                ? ExportException.partial(size - taken, message)
                : new ExportException(FailureKind.PERMANENT, message, null);
    }

    /** Returns how long {@code Retry-After} asks to wait, in seconds or by a date. */
    private Optional<Duration> pause(Instant now) {
        if (retryAfter.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            var at = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return at.isAfter(now) ? Optional.of(Duration.between(now, at)) : Optional.of(Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
