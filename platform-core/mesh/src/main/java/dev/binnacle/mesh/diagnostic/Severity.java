package dev.binnacle.mesh.diagnostic;

/** How much a {@link Diagnostic} matters. */
public enum Severity {
    /** The resource, or the named part of it, does not take effect. */
    ERROR,
    /** The resource takes effect, but probably not as its author expects. */
    WARNING,
    /** Worth knowing. */
    INFO
}
