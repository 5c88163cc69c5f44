package dev.binnacle.pipeline;

import dev.binnacle.spi.model.Sample;
import java.util.List;

/** The samples that wait, in the order in which they came. For one thread at a time. */
interface Backlog {
    /** Adds samples at the end; returns how many of the oldest made room. */
    long add(List<Sample> samples);

    /** Returns how many wait, those that were taken not included. */
    long size();

    /** Returns the oldest, at most {@code most}; empty when there are none, or they cannot be read now. */
    List<Sample> take(int most);

    /** Those that were taken are decided about. */
    void done();

    /** Those that were taken are the oldest again. */
    void putBack();

    /** Drops those that do not outlive the process, and returns how many there were. */
    long forget();

    /** Drops everything, and the place where it was; returns how many samples there were. */
    long discard();

    /** Lets go of what it holds; returns how many samples are lost with it. */
    long close();

    /** Tells whether there is so much room that nobody has to give up. */
    default boolean isPatient() {
        return false;
    }

    /** Returns how many samples of an earlier process were found since this was asked last, damaged ones included. */
    default long takeRecovered() {
        return 0;
    }

    /** Returns how many samples were found to be damaged since this was asked last. */
    default long takeDamaged() {
        return 0;
    }

    /** Returns how many bytes of disk they take. */
    default long bytes() {
        return 0;
    }

    /** Returns how often the disk did not do what it was asked for. */
    default long failures() {
        return 0;
    }
}
