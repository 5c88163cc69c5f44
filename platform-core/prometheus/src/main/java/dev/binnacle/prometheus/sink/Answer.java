package dev.binnacle.prometheus.sink;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a receiver answered. */
public final class Answer {
    /** The answers after which many receivers may be asked again: too many requests, and any fault of their own. */
    public static final IntPredicate PASSING = status -> status == 429 || status / 100 == 5;

    private static final int TOO_LARGE = 413;

    private final int status;
    private final String said;
    private final byte[] body;
    private final Map<String, String> headers;

    /**
     * @param said the body's beginning in one line, for messages
     * @param body the beginning of what it sent
     * @param headers by name, whatever its letters' case
     */
    Answer(int status, String said, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.said = said;
        this.body = body;
        this.headers = headers;
    }

    public int status() {
        return status;
    }

    /** Tells whether all was taken. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Returns what messages say of it; no secret is in it. */
    public String message() {
        return "the receiver answers " + status + (said.isEmpty() ? "" : ": " + said);
    }

    /** Returns the header's value; empty when there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "").strip();
    }

    /** Returns a copy of the body, or of its beginning when it is long. */
    public byte[] body() {
        return body.clone();
    }

    /**
     * Returns what the pipeline has to know of a refused batch.
     *
     * @param passing the answers after which trying again may help
     */
    public ExportException failure(IntPredicate passing, InstantSource clock) {
        if (status == TOO_LARGE) {
            return ExportException.tooLarge(message());
        }
        if (!passing.test(status)) {
            return new ExportException(FailureKind.PERMANENT, message(), null);
        }
        return pause(clock.instant())
                .map(pause -> ExportException.retryAfter(pause, message()))
                .orElseGet(() -> new ExportException(FailureKind.TRANSIENT, message(), null));
    }

    /** Returns how long {@code Retry-After} asks to wait, in seconds or by a date. */
    private Optional<Duration> pause(Instant now) {
        String retryAfter = header("Retry-After");
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
