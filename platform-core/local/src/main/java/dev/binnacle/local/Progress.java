package dev.binnacle.local;

/** Receives lines that tell the user how far a long operation is. Called from any thread. */
@FunctionalInterface
public interface Progress {
    /** Discards everything. */
    Progress NONE = line -> {};

    /** Shows one line. */
    void line(String line);
}
