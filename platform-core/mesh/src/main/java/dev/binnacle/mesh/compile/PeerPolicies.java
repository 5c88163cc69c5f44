package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.topology.Pod;

/** Which peers each port of a pod accepts. */
final class PeerPolicies {
    /** A decision and what made it. */
    record Decision(Mtls mode, Origin origin) {}

    /** Returns the decision for a container port of a pod. */
    Decision of(Pod pod, int port) {
        return new Decision(Mtls.PERMISSIVE, Origin.DEFAULT);
    }
}
