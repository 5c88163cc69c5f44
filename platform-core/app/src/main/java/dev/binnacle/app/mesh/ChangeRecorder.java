package dev.binnacle.app.mesh;

import java.util.List;

/** Is told of a change once, before anybody else hears how it ended; in the order of the changes, by one thread at a time. */
@FunctionalInterface
public interface ChangeRecorder {
    /** Writes nothing down. */
    ChangeRecorder NONE = (outcome, touched) -> {};

    /** Writes down how a change ended and what it is about. */
    void record(ChangeOutcome outcome, List<Touched> touched);
}
