package dev.binnacle.spi.model;

/**
 * How the work of a span ended.
 *
 * @param code what it came to
 * @param message what went wrong, for a person; empty when nothing did or nobody says
 */
public record SpanStatus(Code code, String message) {
    /** Nobody judged it: nothing is known to be wrong. */
    public static final SpanStatus UNSET = new SpanStatus(Code.UNSET, "");

    /** What the work came to. */
    public enum Code {
        /** Nobody judged it. */
        UNSET,
        /** Somebody said that it went well. */
        OK,
        /** It failed. */
        ERROR
    }
}
