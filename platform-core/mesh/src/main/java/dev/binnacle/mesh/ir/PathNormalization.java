package dev.binnacle.mesh.ir;

/** What becomes of a path before routes and policies look at it. */
public enum PathNormalization {
    /** Nothing: {@code /a/../b} stays what it is. */
    NONE,
    /** Dot segments and backslashes are resolved, and what need not be escaped is not; Istio's default. */
    BASE,
    /** And several slashes become one. */
    MERGE_SLASHES,
    /** And escaped slashes and backslashes become plain ones before. */
    DECODE_AND_MERGE_SLASHES
}
