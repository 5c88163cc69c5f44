package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.security.GuardCompiler;
import dev.binnacle.mesh.compile.security.PeerPolicies;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** From resources and pods to the intermediate form of every proxy. */
public final class MeshCompiler {
    /**
     * What pods of one view have in common.
     *
     * @param clusters all but those of their own applications, sorted by name
     */
    private record Outside(Openings openings, List<RouteTable> tables, List<Cluster> clusters) {}

    private final Registry registry;
    private final Function<Pod, ?> views;
    private final Map<Object, Outside> outside = new HashMap<>();
    private final HostsCompiler hosts;
    private final UnknownHostsCompiler unknown;
    private final OutboundCompiler outbound;
    private final InboundCompiler inbound;
    private final GatewayCompiler gateways;
    private final ClusterCompiler clusters;
    private final GuardCompiler guards;

    private MeshCompiler(Registry registry, Function<Pod, ?> views) {
        var policies = new PeerPolicies(registry.manifests().peerAuthentications());
        var rules = new Rules(registry.manifests().destinationRules());
        var destinations = new Destinations(registry);
        var routes = new RouteCompiler(destinations, new HashPolicies(rules));
        var connections = new ConnectionRoutes(registry, destinations, new TcpCompiler(rules));
        this.registry = registry;
        this.views = views;
        this.unknown = new UnknownHostsCompiler(registry);
        this.hosts = new HostsCompiler(registry);
        this.outbound = new OutboundCompiler(registry, routes, connections, unknown);
        this.inbound = new InboundCompiler(registry, policies);
        this.gateways = new GatewayCompiler(registry, routes, connections);
        this.guards =
                new GuardCompiler(registry.manifests(), registry.topology().trustDomain());
        this.clusters = new ClusterCompiler(registry, rules, policies, new EndpointCompiler(registry, policies));
    }

    /** Compiles the mesh. References that lead nowhere are reported; what they belong to takes no effect. */
    public static Compiled<MeshIr> compile(Manifests manifests, MeshTopology topology) {
        return compile(manifests, topology, registry -> new Views(registry)::of);
    }

    /**
     * Does the same.
     *
     * @param views given a registry, tells pods apart: for those that are equal by it, most is compiled but once
     */
    static Compiled<MeshIr> compile(
            Manifests manifests, MeshTopology topology, Function<Registry, Function<Pod, ?>> views) {
        var registry = new Registry(manifests, topology);
        return new Compiled<>(new MeshCompiler(registry, views.apply(registry)).mesh(), check(registry));
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
            case PLAIN -> proxy(pod, List.of(), List.of(), List.of(), List.of());
        };
    }

    private ProxyIr sidecar(Pod pod) {
        var shared = outside.computeIfAbsent(views.apply(pod), view -> outside(pod));
        var listeners = new ArrayList<>(inbound.listeners(pod));
        listeners.add(outbound.proxy(pod));
        return proxy(
                pod,
                shared.openings().listeners(pod, List.copyOf(listeners)),
                shared.tables(),
                shared.clusters(),
                inbound.clusters(pod));
    }

    private Outside outside(Pod pod) {
        var all = Stream.concat(clusters.compile(pod).stream(), unknown.clusters(pod).stream())
                .sorted(Comparator.comparing(Cluster::name))
                .toList();
        return new Outside(outbound.openings(pod), outbound.routeTables(pod), all);
    }

    private ProxyIr gateway(Pod pod) {
        var all = new ArrayList<Cluster>(clusters.compile(pod));
        all.add(new Cluster.BlackHole(Names.BLACKHOLE, Origin.DEFAULT));
        return proxy(
                pod,
                gateways.listeners(pod).stream()
                        .sorted(Comparator.comparing(Listener::name))
                        .toList(),
                gateways.routeTables(pod).stream()
                        .sorted(Comparator.comparing(RouteTable::name))
                        .toList(),
                all.stream().sorted(Comparator.comparing(Cluster::name)).toList(),
                List.of());
    }

    private ProxyIr proxy(
            Pod pod, List<Listener> listeners, List<RouteTable> tables, List<Cluster> around, List<Cluster> own) {
        return new ProxyIr(
                pod.id(),
                Identities.of(pod),
                pod.podIp(),
                guards.of(pod),
                listeners,
                tables,
                around,
                own,
                hosts.compile(pod));
    }
}
