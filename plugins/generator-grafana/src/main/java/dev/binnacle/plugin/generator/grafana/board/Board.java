package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import java.util.List;
import java.util.function.Function;

/** The dashboards. */
public enum Board {
    /** What hurts, and where. */
    MESH("mesh", MeshBoard::of),
    /** One service, as its callers and as itself saw it. */
    SERVICE("service", ServiceBoard::of),
    /** One workload: who calls it, and whom it calls. */
    WORKLOAD("workload", WorkloadBoard::of),
    /** Two versions of a service beside each other. */
    VERSIONS("versions", VersionsBoard::of),
    /** What configures the proxies. */
    CONTROL_PLANE("control-plane", ControlPlaneBoard::of),
    /** Where requests come in and go out. */
    GATEWAYS("gateways", GatewaysBoard::of),
    /** What was promised. */
    SLOS("slos", SloBoard::of),
    /** The platform, its plugins, and Prometheus. */
    PLATFORM("platform", PlatformBoard::of),
    /** The services' JVMs. */
    JVM("jvm", JvmBoard::of);

    private final String id;
    private final Function<Names, Dashboard> maker;

    Board(String id, Function<Names, Dashboard> maker) {
        this.id = id;
        this.maker = maker;
    }

    /** Returns the end of its uid, and its file's name. */
    public String id() {
        return id;
    }

    /** Returns the dashboard. */
    public Dashboard make(Names names) {
        return maker.apply(names);
    }

    /** Returns all of them, in the order in which people look. */
    public static List<Board> all() {
        return List.of(values());
    }
}
