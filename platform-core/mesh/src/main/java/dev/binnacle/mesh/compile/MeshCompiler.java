package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.Memory.Sight;
import dev.binnacle.mesh.compile.credential.CredentialCompiler;
import dev.binnacle.mesh.compile.gateway.GatewayCompiler;
import dev.binnacle.mesh.compile.limit.RateLimits;
import dev.binnacle.mesh.compile.security.GuardCompiler;
import dev.binnacle.mesh.compile.security.PeerPolicies;
import dev.binnacle.mesh.compile.telemetry.TelemetryCompiler;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Credential;
import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.MeshSettings;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.ir.Telemetry;
import dev.binnacle.mesh.ir.access.Guard;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** From resources and pods to the intermediate form of every proxy. */
final class MeshCompiler {
    /**
     * What pods of one view have in common.
     *
     * @param clusters all but those of their own applications, sorted by name
     */
    private record Outside(
            Openings openings, List<RouteTable> tables, List<Cluster> clusters, List<Credential> credentials) {}

    /** What a pod's own application is told of. */
    private record Inside(List<Listener> listeners, List<Cluster> clusters) {}

    private record InsideKey(String pod) implements Carried.Key<Inside> {}

    /** Who a proxy is, what it asks and what it tells. */
    private record Self(Identity identity, Guard guard, Telemetry telemetry) {}

    private record SelfKey(String pod) implements Carried.Key<Self> {}

    private record ChecksKey(List<Same<VirtualService>> written, List<Same<HttpRoute>> routes)
            implements Carried.Key<List<Diagnostic>> {}

    private final Registry registry;
    private final Memory memory;
    private final Function<Pod, Object> views;
    private final Map<Object, Outside> outside = new HashMap<>();
    private final HostsCompiler hosts;
    private final UnknownHostsCompiler unknown;
    private final OutboundCompiler outbound;
    private final InboundCompiler inbound;
    private final GatewayCompiler gateways;
    private final ClusterCompiler clusters;
    private final GuardCompiler guards;
    private final TelemetryCompiler telemetry;
    private final CredentialCompiler credentials;

    private MeshCompiler(Memory memory, Function<Pod, Object> views) {
        var registry = memory.registry();
        var limits = new RateLimits(registry.manifests().rateLimits());
        var policies = new PeerPolicies(registry.manifests().peerAuthentications());
        var rules = new Rules(registry.manifests());
        var destinations = new Destinations(registry);
        var routes = new RouteCompiler(
                destinations,
                new HashPolicies(rules),
                registry.manifests().meshConfig().defaults().retries());
        var connections = new ConnectionRoutes(registry, destinations, new TcpCompiler(rules));
        this.registry = registry;
        this.memory = memory;
        this.views = views;
        this.unknown = new UnknownHostsCompiler(memory);
        this.telemetry = new TelemetryCompiler(registry);
        this.hosts = new HostsCompiler(registry);
        this.outbound = new OutboundCompiler(memory, routes, connections, unknown);
        this.inbound = new InboundCompiler(registry, policies, limits);
        this.gateways = new GatewayCompiler(registry, routes, connections, limits);
        this.guards = new GuardCompiler(registry.manifests(), registry.topology());
        this.clusters = new ClusterCompiler(memory, rules, policies, new EndpointCompiler(registry, policies));
        this.credentials = new CredentialCompiler(registry);
    }

    /** Compiles the mesh. References that lead nowhere are reported; what they belong to takes no effect. */
    static Compilation compile(Memory memory) {
        return compile(memory, new Views(memory)::of);
    }

    /**
     * Does the same.
     *
     * @param views tells pods apart: for those that are equal by it, most is compiled but once
     */
    static Compilation compile(Memory memory, Function<Pod, Object> views) {
        var mesh = new MeshCompiler(memory, views).mesh();
        var manifests = memory.registry().manifests();
        var written = new ChecksKey(Same.each(manifests.virtualServices()), Same.each(manifests.of(HttpRoute.class)));
        var diagnostics = memory.get(written, () -> Checks.run(memory));
        memory.complete();
        return new Compilation(mesh, diagnostics, memory);
    }

    private MeshIr mesh() {
        var proxies = registry.topology().pods().stream()
                .map(this::proxy)
                .sorted(Comparator.comparing(ProxyIr::id))
                .toList();
        var config = registry.manifests().meshConfig();
        var settings = new MeshSettings(registry.topology().trustDomain(), config.trustDomainAliases(), config.paths());
        return new MeshIr(settings, proxies);
    }

    private ProxyIr proxy(Pod pod) {
        return switch (pod.kind()) {
            case SIDECAR -> sidecar(pod);
            case GATEWAY -> gateway(pod);
            case PLAIN -> proxy(pod, List.of(), List.of(), List.of(), List.of(), List.of());
        };
    }

    private ProxyIr sidecar(Pod pod) {
        var around = outside.computeIfAbsent(views.apply(pod), view -> outside(pod, memory.sight(view)));
        var within = memory.get(new InsideKey(pod.id()), () -> inside(pod));
        var listeners = around.openings().listeners(pod, within.listeners());
        return proxy(pod, listeners, around.tables(), around.clusters(), within.clusters(), around.credentials());
    }

    private Outside outside(Pod pod, Sight sight) {
        var all = Stream.concat(clusters.compile(pod, sight).stream(), unknown.clusters(pod, sight).stream())
                .sorted(Comparator.comparing(Cluster::name))
                .toList();
        var tables = outbound.routeTables(pod, sight);
        return new Outside(
                outbound.openings(pod, sight, tables), tables, memory.list(all), credentials.of(pod, List.of(), all));
    }

    private Inside inside(Pod pod) {
        var listeners = new ArrayList<>(inbound.listeners(pod));
        listeners.add(outbound.proxy(pod));
        return new Inside(List.copyOf(listeners), inbound.clusters(pod));
    }

    private ProxyIr gateway(Pod pod) {
        var all = new ArrayList<Cluster>(clusters.compile(pod, memory.sight(views.apply(pod))));
        all.add(new Cluster.BlackHole(Names.BLACKHOLE, Origin.DEFAULT));
        var sorted = all.stream().sorted(Comparator.comparing(Cluster::name)).toList();
        var listeners = gateways.listeners(pod).stream()
                .sorted(Comparator.comparing(Listener::name))
                .toList();
        return proxy(
                pod, listeners, gateways.routeTables(pod), sorted, List.of(), credentials.of(pod, listeners, sorted));
    }

    private ProxyIr proxy(
            Pod pod,
            List<Listener> listeners,
            List<RouteTable> tables,
            List<Cluster> around,
            List<Cluster> own,
            List<Credential> credentials) {
        var self = memory.get(new SelfKey(pod.id()), () -> self(pod));
        return new ProxyIr(
                pod.id(),
                self.identity(),
                pod.podIp(),
                self.guard(),
                self.telemetry(),
                listeners,
                tables,
                around,
                own,
                credentials,
                hosts.compile(pod));
    }

    private Self self(Pod pod) {
        var identity = Identities.of(pod);
        return new Self(identity, guards.of(pod), telemetry.of(pod, identity));
    }
}
