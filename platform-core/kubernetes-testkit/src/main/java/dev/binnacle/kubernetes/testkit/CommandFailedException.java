package dev.binnacle.kubernetes.testkit;

/** A program ended with another code than 0, or did not end in time; the message has what it wrote. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
