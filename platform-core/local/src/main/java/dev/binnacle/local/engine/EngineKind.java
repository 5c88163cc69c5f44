package dev.binnacle.local.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The external programs, with what is accepted of each. */
public enum EngineKind {
    ENVOY(List.of("envoy"), Version.of(1, 40, 0)),
    PROMETHEUS(List.of("prometheus"), Version.of(2, 42, 0)),
    ALERTMANAGER(List.of("alertmanager", "prometheus-alertmanager"), Version.of(0, 25, 0)),
    PUSHGATEWAY(List.of("pushgateway", "prometheus-pushgateway"), Version.of(1, 5, 0)),
    /** No part of an instance: the browser that the console is tested with. */
    CHROMIUM(List.of("chromium", "chromium-headless-shell", "chromium-browser"), Version.of(120, 0, 0)),
    /** No part of an instance: it builds the console. */
    NODE(List.of("node", "nodejs"), Version.of(20, 19, 0));

    /** What an instance is made of. */
    public static final List<EngineKind> OF_AN_INSTANCE = List.of(ENVOY, PROMETHEUS, ALERTMANAGER, PUSHGATEWAY);

    /** That, and what looks at its console. */
    public static final List<EngineKind> WITH_BROWSER = List.of(ENVOY, PROMETHEUS, ALERTMANAGER, PUSHGATEWAY, CHROMIUM);

    private final List<String> programs;
    private final Version oldest;

    EngineKind(List<String> programs, Version oldest) {
        this.programs = programs;
        this.oldest = oldest;
    }

    /** Returns the name users write, in lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names its program may have on {@code PATH}. */
    public List<String> programs() {
        return programs;
    }

    /** Returns programs that must be on {@code PATH} too when it is: Debian's Node.js comes without npm. */
    List<String> companions() {
        return this == NODE ? List.of("npm") : List.of();
    }

    /** Returns what {@code --version} prints, in lower case, besides the version: Node.js does not say its name. */
    String signature() {
        return this == NODE ? "v" : id();
    }

    /** Returns the oldest version that works. */
    public Version oldest() {
        return oldest;
    }

    /** Returns the kind users call {@code id}. */
    public static Optional<EngineKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** Returns all names, for messages. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(EngineKind::id).toList();
    }
}
