package dev.binnacle.spi;

/** Whether trying again can help. */
public enum FailureKind {
    /** The same call may succeed later: a time-out, a refused connection, an overloaded receiver. */
    TRANSIENT,
    /** The same call will never succeed: malformed data, a refused credential, a wrong address. */
    PERMANENT
}
