package dev.binnacle.prometheus.scrape;

/** A page breaks its format, so that Prometheus would take nothing of it. */
public final class MalformedPageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    MalformedPageException(int line, String reason) {
        super("line " + line + ": " + reason, null, false, false);
        this.line = line;
        this.reason = reason;
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns what is wrong, with the offending text. */
    public String reason() {
        return reason;
    }
}
