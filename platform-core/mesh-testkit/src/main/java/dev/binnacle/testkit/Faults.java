package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.Effects.Trouble;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Trouble that is made on purpose, in few words. */
final class Faults {
    private Faults() {}

    static String describe(@Nullable Trouble fault) {
        if (fault == null) {
            return "there is no fault";
        }
        var result = new ArrayList<String>();
        if (fault.delay() != null) {
            result.add(fault.delayPercent() + " % wait " + fault.delay().toMillis() + " ms");
        }
        if (fault.abortStatus() != null) {
            result.add(fault.abortPercent() + " % end with " + fault.abortStatus());
        }
        if (fault.abortGrpcStatus() != null) {
            result.add(fault.abortPercent() + " % end with gRPC status " + fault.abortGrpcStatus());
        }
        return String.join(", ", result);
    }
}
