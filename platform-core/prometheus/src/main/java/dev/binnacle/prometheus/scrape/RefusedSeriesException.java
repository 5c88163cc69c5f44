package dev.binnacle.prometheus.scrape;

/** A series that makes its whole page unacceptable, because it breaks a limit for example. */
public final class RefusedSeriesException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedSeriesException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
