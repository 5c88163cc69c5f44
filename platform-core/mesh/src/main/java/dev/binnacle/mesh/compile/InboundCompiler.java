package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.limit.RateLimits;
import dev.binnacle.mesh.compile.security.PeerPolicies;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.ir.ServiceName;
import dev.binnacle.mesh.kubernetes.PortProtocols;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.Optional;

/** Makes what a sidecar does with traffic for its own pod: one listener and one cluster for each container port. */
final class InboundCompiler {
    /** The Service and port through which a container port is reached. */
    private record Exposure(MeshHost service, Service.Port port) {}

    private final Registry registry;
    private final PeerPolicies policies;
    private final RateLimits limits;

    InboundCompiler(Registry registry, PeerPolicies policies, RateLimits limits) {
        this.registry = registry;
        this.policies = policies;
        this.limits = limits;
    }

    List<Listener> listeners(Pod pod) {
        return pod.ports().values().stream()
                .sorted()
                .distinct()
                .filter(port -> port >= registry.topology().lowestPort())
                .map(port -> listener(pod, port))
                .toList();
    }

    List<Cluster> clusters(Pod pod) {
        return pod.ports().values().stream()
                .sorted()
                .distinct()
                .<Cluster>map(port -> new Cluster.Inbound(
                        Names.inbound(port), pod.appIp(), port, protocol(pod, port), origin(pod, port)))
                .toList();
    }

    private Listener listener(Pod pod, int port) {
        var decision = policies.of(pod, port);
        return new Listener.Inbound(
                Names.listener(pod.podIp(), port),
                pod.podIp(),
                port,
                protocol(pod, port),
                decision.mode(),
                exposure(pod, port)
                        .map(e -> e.service().serviceName())
                        .orElse(new ServiceName("unknown", "InboundPassthroughCluster", pod.namespace())),
                Names.inbound(port),
                exposure(pod, port).flatMap(e -> limits.ofPort(pod, e.port().number())),
                origin(pod, port),
                decision.origin());
    }

    private Protocol protocol(Pod pod, int port) {
        return exposure(pod, port)
                .map(e -> e.port().protocol())
                .or(() -> portName(pod, port).flatMap(PortProtocols::byName))
                .orElse(Protocol.TCP);
    }

    private Origin origin(Pod pod, int port) {
        return exposure(pod, port).map(e -> e.port().place().origin()).orElse(Origin.DEFAULT);
    }

    /** When several Services lead to the same port, the first by name gives its protocol and metrics, as in Istio. */
    private Optional<Exposure> exposure(Pod pod, int port) {
        return registry.hostsOf(pod).stream()
                .flatMap(s -> s.ports().stream()
                        .filter(p ->
                                p.targetOn(pod.ports()).filter(t -> t == port).isPresent())
                        .map(p -> new Exposure(s, p)))
                .findFirst();
    }

    private static Optional<String> portName(Pod pod, int port) {
        return pod.ports().entrySet().stream()
                .filter(e -> e.getValue() == port)
                .map(e -> e.getKey())
                .findFirst();
    }
}
