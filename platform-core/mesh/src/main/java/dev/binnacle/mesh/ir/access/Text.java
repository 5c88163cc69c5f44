package dev.binnacle.mesh.ir.access;

/** A condition on a text. */
public sealed interface Text {
    /** Any value, as long as there is one. */
    record Present() implements Text {}

    /** This value. */
    record Exact(String value, boolean ignoresCase) implements Text {}

    /** A value with this beginning. */
    record Prefix(String prefix, boolean ignoresCase) implements Text {}

    /** A value with this end. */
    record Suffix(String suffix, boolean ignoresCase) implements Text {}

    /** A regular expression (RE2) over the whole value. */
    record Regex(String regex) implements Text {}
}
