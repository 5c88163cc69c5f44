package dev.binnacle.plugins;

/** A call could not begin, because an earlier one ignores its interruption. */
final class GateClosedException extends GuardException {
    private static final long serialVersionUID = 1L;

    GateClosedException(String message) {
        super(message, null);
    }
}
