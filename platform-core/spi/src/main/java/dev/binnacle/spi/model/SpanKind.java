package dev.binnacle.spi.model;

/** Which side of what a span is. */
public enum SpanKind {
    /** Work inside one process. */
    INTERNAL,
    /** A request that was answered. */
    SERVER,
    /** A request that was made. */
    CLIENT,
    /** A message that was sent. */
    PRODUCER,
    /** A message that was received. */
    CONSUMER
}
