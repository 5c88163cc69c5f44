package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import java.util.List;
import java.util.stream.Collectors;

/** A plugin's manifest cannot be used; holds every reason at once. */
final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Objection> objections;

    InvalidManifestException(List<Objection> objections) {
        super(objections.stream().map(Objection::toString).collect(Collectors.joining("; ")));
        this.objections = List.copyOf(objections);
    }

    List<Objection> objections() {
        return objections;
    }
}
