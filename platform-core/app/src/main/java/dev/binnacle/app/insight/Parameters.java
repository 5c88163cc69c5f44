package dev.binnacle.app.insight;

import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.prometheus.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What views are asked with. What is wrong ends the request with a problem that says what is right. */
final class Parameters {
    static final String WINDOW = "How far back it looks: 30s, 5m, 1h; five seconds to seven days";
    static final String AT = "When the window ends, 2026-01-31T12:00:00Z; now when missing";

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Clocks of two machines may differ by this. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private Parameters() {}

    static Optional<Instant> at(@Nullable String text) {
        return Optional.ofNullable(text).map(Parameters::time);
    }

    static Duration window(String text) {
        try {
            var window = Durations.parse(text);
            if (window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0) {
                return window;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw badRequest("window is a duration from 5s to 7d, 5m or 1h30m for example");
    }

    private static Instant time(String text) {
        try {
            var time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)) {
                throw badRequest("at is a time since 1970");
            }
            if (time.isBefore(Instant.now().plus(TOLERANCE))) {
                return time;
            }
        } catch (DateTimeException e) {
            throw badRequest("at is a time such as 2026-01-31T12:00:00Z");
        }
        throw badRequest("at is in the future: nothing has been measured there");
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.ofStatus(400, "Bad Request", detail));
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(Problem.ofStatus(404, "Not Found", detail));
    }
}
