package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came back, with the words to say what should have.
 *
 * @param headers names in lower case
 * @param took until the whole answer was there
 */
record Reply(int status, Map<String, List<String>> headers, String body, Duration took) {
    /** Expects a status. */
    Reply is(int expected) {
        assertThat(status).as(this::toString).isEqualTo(expected);
        return this;
    }

    /** Expects that this workload answered, with 200. */
    Reply by(String workload) {
        assertThat(answeredBy()).as(this::toString).isEqualTo(workload);
        return is(200);
    }

    /** Expects that this workload answered at this port. */
    Reply by(String workload, int port) {
        return by(workload).has("at-port", Integer.toString(port));
    }

    /** Expects a header of the answer; null expects that there is none. */
    Reply has(String header, @Nullable String expected) {
        assertThat(header(header).orElse(null)).as(this::toString).isEqualTo(expected);
        return this;
    }

    /** Expects a body. */
    Reply says(String expected) {
        assertThat(body).isEqualTo(expected);
        return this;
    }

    /** Expects that the application saw this path. */
    Reply sawPath(String expected) {
        assertThat(body.lines().findFirst().orElse("").split(" ", -1)[1])
                .as(this::toString)
                .isEqualTo(expected);
        return this;
    }

    /** Expects that the application saw this header; null expects that it saw none. */
    Reply saw(String header, @Nullable String expected) {
        assertThat(seen().get(header)).as(this::toString).isEqualTo(expected);
        return this;
    }

    /**
     * Expects that it took this long, a tenth less at most, and not twice as long and a second. Envoy's clock stands
     * while a turn of its loop lasts: on a busy machine its timers end a few milliseconds early.
     */
    Reply tookAbout(Duration expected) {
        assertThat(took)
                .as(this::toString)
                .isBetween(
                        expected.minus(expected.dividedBy(10)),
                        expected.multipliedBy(2).plusSeconds(1));
        return this;
    }

    /** Returns the workload that answered, nothing where a proxy did. */
    String answeredBy() {
        return header("answered-by").orElse("");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
    }

    Map<String, String> seen() {
        var result = new TreeMap<String, String>();
        body.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(": ");
            result.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return result;
    }
}
