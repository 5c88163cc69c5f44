package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds listeners of a Gateway that exclude each other: of two, the earlier one counts. */
final class ListenerConflicts {
    private static final Set<String> OF_BYTES = Set.of("TCP", "UDP");
    private static final Set<String> BY_HOST = Set.of("HTTP", "HTTPS", "TLS");

    private final Problems problems;

    ListenerConflicts(Problems problems) {
        this.problems = problems;
    }

    /** Returns the listeners that no earlier one excludes. */
    List<Listener> without(List<Listener> listeners) {
        var accepted = new ArrayList<Listener>();
        for (var listener : listeners) {
            accepted.stream()
                    .filter(other -> excludes(other, listener))
                    .findFirst()
                    .ifPresentOrElse(other -> report(listener, other), () -> accepted.add(listener));
        }
        return List.copyOf(accepted);
    }

    private static boolean excludes(Listener a, Listener b) {
        if (a.port() != b.port()) {
            return false;
        }
        boolean byHost = BY_HOST.contains(a.protocol()) && BY_HOST.contains(b.protocol());
        boolean mixed = OF_BYTES.contains(a.protocol()) && isKnown(b) || OF_BYTES.contains(b.protocol()) && isKnown(a);
        return byHost ? a.host().equals(b.host()) : mixed || a.protocol().equals(b.protocol());
    }

    private static boolean isKnown(Listener listener) {
        return OF_BYTES.contains(listener.protocol()) || BY_HOST.contains(listener.protocol());
    }

    private void report(Listener listener, Listener earlier) {
        problems.add(
                DiagnosticCode.LISTENER_CONFLICT,
                listener.place(),
                "the listener takes no effect: " + earlier.name() + " ("
                        + earlier.place().origin() + ") has port " + earlier.port() + " for " + earlier.protocol()
                        + " and " + earlier.host(),
                "Give it another port or another hostname");
    }
}
