package dev.binnacle.insight.topology;

import dev.binnacle.insight.topology.Topology.Signals;
import java.util.OptionalDouble;

/** Adds up what comes to one node and leaves it. */
final class NodeSums {
    private double came;
    private double cameFailed;
    private double sent;
    private double sentFailed;
    private double connections;
    private double bytes;
    private boolean tcp;

    void incoming(Tally tally) {
        came += tally.requests();
        cameFailed += tally.failed();
        connections += tally.connections();
        bytes(tally);
    }

    void outgoing(Tally tally) {
        sent += tally.requests();
        sentFailed += tally.failed();
        bytes(tally);
    }

    private void bytes(Tally tally) {
        bytes += tally.bytes();
        tcp |= tally.tcp().isPresent();
    }

    double came() {
        return came;
    }

    double cameFailed() {
        return cameFailed;
    }

    double connections() {
        return connections;
    }

    double sent() {
        return sent;
    }

    /** @param known whether requests were counted at all: without that, none is not 0 */
    Signals signals(boolean known) {
        return new Signals(
                known ? OptionalDouble.of(came) : OptionalDouble.empty(),
                Tally.share(cameFailed, came),
                known ? OptionalDouble.of(sent) : OptionalDouble.empty(),
                Tally.share(sentFailed, sent),
                tcp ? OptionalDouble.of(bytes) : OptionalDouble.empty());
    }
}
