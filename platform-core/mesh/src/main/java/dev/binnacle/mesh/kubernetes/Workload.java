package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment, reduced to what running its pods on one machine needs.
 *
 * @param file the manifest file it was read from
 * @param line the line its document begins at
 * @param name {@code metadata.name}
 * @param namespace {@code metadata.namespace}, or {@code default}
 * @param annotations the Deployment's own annotations, {@code binnacle.dev/local-command} among them
 * @param podAnnotations the pod template's annotations
 * @param labels the pod template's labels
 * @param replicas how many pods; 1 when not given
 * @param serviceAccount {@code default} when not given
 * @param kind gateway for {@code inject.istio.io/templates: gateway}, plain for {@code sidecar.istio.io/inject: "false"}
 * @param container the application's container; a gateway's has no command and no probes
 * @param secrets the Secrets whose values are files of the container, by the folder they are in
 */
public record Workload(
        String file,
        int line,
        String name,
        String namespace,
        Map<String, String> annotations,
        Map<String, String> podAnnotations,
        Map<String, String> labels,
        int replicas,
        String serviceAccount,
        PodKind kind,
        Container container,
        Map<String, String> secrets)
        implements Resource {

    @Override
    public ResourceRef ref() {
        return new ResourceRef("Deployment", namespace, name);
    }

    @Override
    public Origin origin() {
        return new Origin(file, line);
    }

    /** Returns the container ports by name. */
    public Map<String, Integer> ports() {
        return container.ports().stream().collect(Collectors.toMap(Port::name, Port::number));
    }

    /**
     * The one application container of a pod.
     *
     * @param env the environment as written; a value taken from a field of the pod reads {@code $(fieldRef:status.podIP)}
     */
    public record Container(
            String name,
            List<Port> ports,
            Map<String, String> env,
            @Nullable Probe readiness,
            @Nullable Probe liveness,
            @Nullable Probe startup) {}

    /**
     * A container port.
     *
     * @param name as written, or the number as text
     */
    public record Port(String name, int number) {}

    /**
     * A probe; exactly one of {@code path} (HTTP GET) and the bare port (TCP connect, or gRPC health) applies.
     *
     * @param kind {@code http}, {@code tcp} or {@code grpc}
     * @param port the port's number, names already resolved
     * @param path the path of an HTTP probe
     */
    public record Probe(
            String kind,
            int port,
            @Nullable String path,
            int initialDelaySeconds,
            int periodSeconds,
            int timeoutSeconds,
            int failureThreshold,
            int successThreshold) {}
}
