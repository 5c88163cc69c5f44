package dev.binnacle.spi;

/** How far a user may rely on an extension's settings and output. */
public enum Stability {
    /** May change or go away in any release. */
    EXPERIMENTAL,
    /** Works; a release may change names, and its notes then say how to follow. */
    BETA,
    /** Changes only with a new major version. */
    STABLE,
    /** Works still, and will be removed; its summary names what to use instead. */
    DEPRECATED
}
