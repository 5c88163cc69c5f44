package dev.binnacle.mesh.istio.telemetry;

import java.util.Set;

/** Whose view of a request is meant. */
public enum Side {
    CLIENT,
    SERVER;

    /** Returns the sides that a match's {@code mode} means. */
    static Set<Side> of(String mode) {
        return switch (mode) {
            case "CLIENT" -> Set.of(CLIENT);
            case "SERVER" -> Set.of(SERVER);
            default -> Set.of(CLIENT, SERVER);
        };
    }
}
