package dev.binnacle.local.pod;

import dev.binnacle.mesh.kubernetes.Workload.Probe;

/** Turns single answers of a probe into a verdict, by its thresholds. Not thread-safe. */
final class ProbeCount {
    private final int failuresNeeded;
    private final int successesNeeded;
    private boolean passing;
    private int against;

    ProbeCount(Probe probe, boolean passingAtFirst) {
        failuresNeeded = Math.max(1, probe.failureThreshold());
        successesNeeded = Math.max(1, probe.successThreshold());
        passing = passingAtFirst;
    }

    /** Counts one answer and returns the verdict after it. */
    boolean after(boolean passed) {
        against = passed == passing ? 0 : against + 1;
        if (against >= (passing ? failuresNeeded : successesNeeded)) {
            passing = passed;
            against = 0;
        }
        return passing;
    }
}
