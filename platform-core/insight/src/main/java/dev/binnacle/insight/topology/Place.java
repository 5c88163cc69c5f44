package dev.binnacle.insight.topology;

/**
 * Who a node is, without what it does.
 *
 * @param namespace empty outside of the mesh
 * @param app its application, empty when it belongs to none
 * @param version of the application, empty when nobody says
 */
record Place(NodeKind kind, String namespace, String name, String app, String version) {
    static final Place UNKNOWN = nobody(NodeKind.UNKNOWN);
    static final Place PASSTHROUGH = nobody(NodeKind.PASSTHROUGH);
    static final Place BLACK_HOLE = nobody(NodeKind.BLACK_HOLE);
    static final Place UNROUTED = nobody(NodeKind.UNROUTED);

    private static Place nobody(NodeKind kind) {
        return new Place(kind, "", "", "", "");
    }

    /** Returns what names the node in links, the same whatever its state is. */
    String id() {
        return switch (kind) {
            case WORKLOAD, GATEWAY -> "workload/" + namespace + "/" + name;
            case SERVICE -> "service/" + namespace + "/" + name;
            case EXTERNAL -> "external/" + name;
            case UNKNOWN -> "unknown";
            case PASSTHROUGH -> "passthrough";
            case BLACK_HOLE -> "black-hole";
            case UNROUTED -> "unrouted";
        };
    }
}
