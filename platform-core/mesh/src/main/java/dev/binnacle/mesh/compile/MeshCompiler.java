package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From resources and pods to the intermediate form of every proxy. */
public final class MeshCompiler {
    private final Registry registry;
    private final HostsCompiler hosts;
    private final UnknownHostsCompiler unknown;
    private final OutboundCompiler outbound;
    private final InboundCompiler inbound;
    private final GatewayCompiler gateways;
    private final ClusterCompiler clusters;

    private MeshCompiler(Registry registry) {
        var policies = new PeerPolicies(registry.manifests().peerAuthentications());
        var rules = new Rules(registry.manifests().destinationRules());
        var destinations = new Destinations(registry);
        var routes = new RouteCompiler(destinations, new HashPolicies(rules));
        var connections = new ConnectionRoutes(registry, destinations, new TcpCompiler(rules));
        this.registry = registry;
        this.unknown = new UnknownHostsCompiler(registry);
        this.hosts = new HostsCompiler(registry);
        this.outbound = new OutboundCompiler(registry, routes, connections, unknown);
        this.inbound = new InboundCompiler(registry, policies);
        this.gateways = new GatewayCompiler(registry, routes, connections);
        this.clusters = new ClusterCompiler(registry, rules, policies, new EndpointCompiler(registry, policies));
    }

    /** Compiles the mesh. References that lead nowhere are reported; what they belong to takes no effect. */
    public static Compiled<MeshIr> compile(Manifests manifests, MeshTopology topology) {
        var registry = new Registry(manifests, topology);
        return new Compiled<>(new MeshCompiler(registry).mesh(), check(registry));
    }

    /** Returns what {@link #compile} reports, without compiling. */
    public static List<Diagnostic> check(Manifests manifests, MeshTopology topology) {
        return check(new Registry(manifests, topology));
    }

    private static List<Diagnostic> check(Registry registry) {
        var problems = new Problems();
        Checks.run(registry, problems);
        return problems.sorted();
    }

    private MeshIr mesh() {
        var proxies = registry.topology().pods().stream()
                .map(this::proxy)
                .sorted(Comparator.comparing(ProxyIr::id))
                .toList();
        return new MeshIr(registry.topology().trustDomain(), proxies);
    }

    private ProxyIr proxy(Pod pod) {
        return switch (pod.kind()) {
            case SIDECAR -> sidecar(pod);
            case GATEWAY -> gateway(pod);
            case PLAIN -> proxy(pod, List.of(), List.of(), List.of());
        };
    }

    private ProxyIr sidecar(Pod pod) {
        var listeners = new ArrayList<Listener>(outbound.listeners(pod));
        listeners.addAll(inbound.listeners(pod));
        var all = new ArrayList<Cluster>(clusters.compile(pod));
        all.addAll(inbound.clusters(pod));
        all.addAll(unknown.clusters(pod));
        return proxy(pod, listeners, outbound.routeTables(pod), all);
    }

    private ProxyIr gateway(Pod pod) {
        var all = new ArrayList<Cluster>(clusters.compile(pod));
        all.add(new Cluster.BlackHole(Names.BLACKHOLE, Origin.DEFAULT));
        return proxy(pod, gateways.listeners(pod), gateways.routeTables(pod), all);
    }

    private ProxyIr proxy(Pod pod, List<Listener> listeners, List<RouteTable> tables, List<Cluster> clustersOfPod) {
        return new ProxyIr(
                pod.id(),
                Identities.of(pod),
                pod.podIp(),
                listeners.stream().sorted(Comparator.comparing(Listener::name)).toList(),
                tables.stream().sorted(Comparator.comparing(RouteTable::name)).toList(),
                clustersOfPod.stream()
                        .sorted(Comparator.comparing(Cluster::name))
                        .toList(),
                hosts.compile(pod));
    }
}
