package dev.binnacle.prometheus.exposition;

/**
 * One thing wrong in a page.
 *
 * @param line counted from 1
 * @param reason what is wrong, with the offending text
 */
public record LineProblem(int line, String reason) {
    /** Returns {@code line N: reason}. */
    @Override
    public String toString() {
        return "line " + line + ": " + reason;
    }
}
