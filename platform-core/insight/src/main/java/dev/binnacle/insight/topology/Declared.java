package dev.binnacle.insight.topology;

import java.util.List;
import java.util.OptionalInt;

/** What the manifests say there is. */
public record Declared(List<Workload> workloads, List<Service> services) {
    public Declared {
        workloads = List.copyOf(workloads);
        services = List.copyOf(services);
    }

    /**
     * A Deployment, or what stands for one.
     *
     * @param app its pods' label {@code app}, empty without
     * @param version its pods' label {@code version}, empty without
     * @param gateway whether it stands at the edge of the mesh
     * @param meshed whether its pods have a proxy, which reports
     * @param readyPods empty where nobody knows
     * @param pods the same pod by pod; none where nobody knows
     */
    public record Workload(
            String namespace,
            String name,
            String app,
            String version,
            boolean gateway,
            boolean meshed,
            OptionalInt readyPods,
            List<Pod> pods) {
        public Workload {
            pods = List.copyOf(pods);
        }

        /** Returns what names it among all workloads. */
        String key() {
            return namespace + "/" + name;
        }
    }

    /** One instance of a workload. */
    public record Pod(String name, boolean ready) {}

    /**
     * A host that may be asked.
     *
     * @param host as Istio's {@code destination_service} has it
     * @param name as Istio's {@code destination_service_name} has it
     * @param external whether it is outside of the mesh
     * @param mirrored whether it is sent copies of requests for another, which its callers do not count
     * @param workloads those that are behind it, as {@code NAMESPACE/NAME}
     */
    public record Service(
            String namespace,
            String name,
            String host,
            boolean external,
            boolean mirrored,
            List<Port> ports,
            List<String> workloads) {
        public Service {
            ports = List.copyOf(ports);
            workloads = List.copyOf(workloads);
        }
    }

    /**
     * A port of a service.
     *
     * @param name empty without
     * @param protocol as the mesh understands it: http, grpc, tcp …
     */
    public record Port(int port, String name, String protocol) {}
}
