package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.istio.Sidecar;
import dev.binnacle.mesh.istio.UnknownHosts;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.schema.Exports;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The part of the mesh that some pods may see: what others export to their namespace and their Sidecar lets in. */
public final class Scope {
    private final Registry registry;
    private final String name;
    private final String namespace;
    private final MeshConfig config;
    private final Map<String, MeshHost> byHost = new TreeMap<>();
    private final Map<String, MeshHost> destinations = new TreeMap<>();
    private final List<MeshHost> hosts;
    private final List<MeshHost> reachable;
    private final List<MeshHost> ruled;
    private final List<VirtualService> virtualServices;
    private final UnknownHosts unknownHosts;

    /** Returns what gateways of a namespace see: no Sidecar is about them. */
    static Scope ofGateway(Registry registry, String name, String namespace) {
        return new Scope(registry, name, namespace, Optional.empty(), false);
    }

    static Scope ofSidecar(Registry registry, String name, String namespace, Optional<Sidecar> sidecar) {
        return new Scope(registry, name, namespace, sidecar, true);
    }

    private Scope(Registry registry, String name, String namespace, Optional<Sidecar> sidecar, boolean follows) {
        this.registry = registry;
        this.name = name;
        this.namespace = namespace;
        this.config = registry.manifests().meshConfig();
        this.unknownHosts = sidecar.flatMap(Sidecar::unknownHosts).orElse(config.unknownHosts());
        var rules = sidecar.filter(s -> !s.egress().isEmpty()).map(s -> new SidecarRules(s, namespace));
        this.virtualServices = registry.virtualServices().stream()
                .filter(service -> exports(service).to(namespace))
                .filter(service -> rules.map(r -> r.sees(service)).orElse(true))
                .sorted(Comparator.comparingInt(this::publicity))
                .toList();
        var order = follows ? HostIndex.forNamespace(namespace) : HostIndex.forGateways();
        registry.definitions()
                .values()
                .forEach(all -> visible(all)
                        .filter(host -> rules.map(r -> r.sees(host)).orElse(true))
                        .min(order)
                        .ifPresent(host -> byHost.put(host.host(), host)));
        if (follows) {
            addDestinations();
        }
        this.hosts = List.copyOf(byHost.values());
        this.ruled = destinations.values().stream().filter(this::isRuled).toList();
        this.reachable = Stream.concat(hosts.stream(), destinations.values().stream())
                .sorted(Comparator.comparing(MeshHost::host))
                .toList();
    }

    private Stream<MeshHost> visible(List<MeshHost> definitions) {
        return definitions.stream().filter(host -> host.exports().to(namespace));
    }

    /**
     * Requests may be sent where rules lead, although these hosts are not exported to the pods or their Sidecar does not
     * name them: to the ports that rules name.
     */
    private void addDestinations() {
        new Destined(namespace, virtualServices).ports().forEach((host, numbers) -> {
            if (!byHost.containsKey(host)) {
                destined(host)
                        .map(found -> numbers.contains(Destined.ALL) ? found : found.withPorts(numbers))
                        .filter(found -> !found.ports().isEmpty())
                        .ifPresent(found -> destinations.put(host, found));
            }
        });
    }

    /** What is in the own namespace counts, exported or not. */
    private Optional<MeshHost> destined(String host) {
        var all = registry.definitions().getOrDefault(host, List.of());
        return all.stream()
                .filter(definition -> definition.namespace().equals(namespace))
                .findFirst()
                .or(() -> visible(all).min(HostIndex.forNamespace(namespace)));
    }

    private boolean isRuled(MeshHost host) {
        return virtualServices.stream()
                .filter(VirtualService::isForMesh)
                .anyMatch(service -> service.hosts().stream()
                        .anyMatch(named -> Hosts.requested(
                                        named.text(), service.ref().namespace())
                                .equals(host.host())));
    }

    private Exports exports(VirtualService service) {
        return config.virtualServices().of(service.exports(), service.ref().namespace());
    }

    /**
     * Of several VirtualServices, Istio takes the pods' private ones first and those for everyone last; of these, routes of
     * Gateway API in the pods' own namespace go before others.
     */
    private int publicity(VirtualService service) {
        boolean own = service.ref().namespace().equals(namespace);
        if (exports(service).toEveryone()) {
            return own && service.gatewayApi() ? 2 : 3;
        }
        return own ? 0 : 1;
    }

    /** Returns what tells it from the other scopes of the mesh. */
    public String name() {
        return name;
    }

    /** Returns the namespace of the pods that see it. */
    public String namespace() {
        return namespace;
    }

    /** Returns the hosts, sorted. */
    public List<MeshHost> hosts() {
        return hosts;
    }

    /** Returns the hosts, and those that rules lead to from them. */
    public List<MeshHost> reachable() {
        return reachable;
    }

    /** Returns what a certain namespace defines under this full name, whichever definition counts otherwise. */
    public Optional<MeshHost> definition(String host, String owner) {
        return visible(registry.definitions().getOrDefault(host, List.of()))
                .filter(definition -> definition.namespace().equals(owner))
                .findFirst();
    }

    /** Returns the hosts that only rules lead to and that other rules decide about: clients may call them. */
    public List<MeshHost> ruled() {
        return ruled;
    }

    /** Returns the host with this full name, be it one that only rules lead to. */
    public Optional<MeshHost> reachable(String host) {
        return host(host).or(() -> Optional.ofNullable(destinations.get(host)));
    }

    /** Returns the host with this full name. */
    public Optional<MeshHost> host(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    /** Returns the VirtualServices in the order in which they count: where two decide about one thing, the first one does. */
    public List<VirtualService> virtualServices() {
        return virtualServices;
    }

    /** Returns what becomes of requests to hosts that are not among these. */
    public UnknownHosts unknownHosts() {
        return unknownHosts;
    }
}
