package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Row;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds who the two ends of a row are. What nobody declares is one node and not many: clients choose such names. */
final class Places {
    private static final List<String> PASSTHROUGHS = List.of(
            "PassthroughCluster",
            "InboundPassthroughCluster",
            "InboundPassthroughClusterIpv4",
            "InboundPassthroughClusterIpv6");

    private final Map<String, Place> workloads = new HashMap<>();
    private final Map<String, Place> services = new HashMap<>();

    Places(Declared declared) {
        declared.workloads()
                .forEach(workload -> workloads.put(key(workload.namespace(), workload.name()), of(workload)));
        declared.services().forEach(service -> services.put(service.host(), of(service)));
    }

    static Place of(Declared.Workload workload) {
        return new Place(
                workload.gateway() ? NodeKind.GATEWAY : NodeKind.WORKLOAD,
                workload.namespace(),
                workload.name(),
                workload.app(),
                workload.version());
    }

    static Place of(Declared.Service service) {
        return service.external()
                ? new Place(NodeKind.EXTERNAL, "", service.host(), "", "")
                : new Place(NodeKind.SERVICE, service.namespace(), service.name(), service.name(), "");
    }

    Place source(Row row) {
        return workload(
                row.label(IstioLabels.SOURCE_NAMESPACE),
                row.label(IstioLabels.SOURCE_WORKLOAD),
                row.label(IstioLabels.SOURCE_APP),
                row.label(IstioLabels.SOURCE_VERSION));
    }

    Place target(Row row) {
        var workload = workload(
                row.label(IstioLabels.WORKLOAD_NAMESPACE),
                row.label(IstioLabels.WORKLOAD),
                row.label(IstioLabels.APP),
                row.label(IstioLabels.VERSION));
        return workload.equals(Place.UNKNOWN) ? service(row) : workload;
    }

    private Place workload(String namespace, String name, String app, String version) {
        if (nobody(name)) {
            return Place.UNKNOWN;
        }
        var declared = workloads.get(key(namespace, name));
        return declared != null
                ? declared
                : new Place(NodeKind.WORKLOAD, known(namespace), name, known(app), known(version));
    }

    private Place service(Row row) {
        String name = row.label(IstioLabels.SERVICE);
        if (name.equals("BlackHoleCluster")) {
            return Place.BLACK_HOLE;
        }
        if (PASSTHROUGHS.contains(name)) {
            return Place.PASSTHROUGH;
        }
        var declared = services.get(row.label(IstioLabels.HOST));
        if (declared != null) {
            return declared;
        }
        return List.of(row.label(IstioLabels.FLAGS).split(",")).contains(IstioLabels.NO_ROUTE)
                ? Place.UNROUTED
                : Place.UNKNOWN;
    }

    private static String known(String value) {
        return nobody(value) ? "" : value;
    }

    private static boolean nobody(String value) {
        return value.isEmpty() || value.equals(IstioLabels.UNKNOWN);
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
