package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plugin cannot be loaded; holds the reasons that operators read. */
final class PluginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Objection> objections;

    PluginRefusedException(List<Objection> objections, @Nullable Throwable cause) {
        super(objections.stream().map(Objection::toString).collect(Collectors.joining("; ")), cause);
        this.objections = List.copyOf(objections);
    }

    PluginRefusedException(String reason, @Nullable Throwable cause) {
        this(List.of(new Objection("", reason, "")), cause);
    }

    List<Objection> objections() {
        return objections;
    }
}
