package dev.binnacle.prometheus.exposition;

/** The line at hand does not follow the format; the message is the reason. */
final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    LineException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
