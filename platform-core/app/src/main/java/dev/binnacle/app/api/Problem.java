package dev.binnacle.app.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A problem document of RFC 9457.
 *
 * @param type identifies the kind of problem; {@code about:blank} when the status says it all
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail this occurrence: where, what, and what to do
 * @param more members of this kind of problem, {@code diagnostics} for example
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonAnyGetter Map<String, Object> more) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "urn:binnacle:problem:";

    public Problem {
        more = Collections.unmodifiableMap(new TreeMap<>(more));
    }

    /** Returns a problem of a kind of its own. */
    public static Problem of(String kind, String title, int status, String detail, Map<String, Object> more) {
        return new Problem(TYPES + kind, title, status, detail, more);
    }

    /** Returns a problem that the status describes well enough. */
    public static Problem ofStatus(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, Map.of());
    }
}
