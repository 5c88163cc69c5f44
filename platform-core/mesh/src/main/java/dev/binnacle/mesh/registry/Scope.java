package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.istio.Sidecar;
import dev.binnacle.mesh.istio.UnknownHosts;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.schema.Exports;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The part of the mesh that some pods may see: what others export to their namespace and their Sidecar lets in. */
public final class Scope {
    private final Registry registry;
    private final String namespace;
    private final MeshConfig config;
    private final Map<String, MeshHost> byHost = new TreeMap<>();
    private final Map<String, MeshHost> destinations = new TreeMap<>();
    private final List<MeshHost> hosts;
    private final List<MeshHost> reachable;
    private final List<VirtualService> virtualServices;
    private final UnknownHosts unknownHosts;

    Scope(Registry registry, String namespace, Optional<Sidecar> sidecar) {
        this.registry = registry;
        this.namespace = namespace;
        this.config = registry.manifests().meshConfig();
        this.unknownHosts = sidecar.flatMap(Sidecar::unknownHosts).orElse(config.unknownHosts());
        var rules = sidecar.filter(s -> !s.egress().isEmpty()).map(s -> new SidecarRules(s, namespace));
        this.virtualServices = registry.virtualServices().stream()
                .filter(service -> exports(service).to(namespace))
                .filter(service -> rules.map(r -> r.sees(service)).orElse(true))
                .sorted(Comparator.comparingInt(this::publicity))
                .toList();
        registry.definitions()
                .values()
                .forEach(all -> add(all, host -> rules.map(r -> r.sees(host)).orElse(true)));
        if (rules.isPresent()) {
            addDestinations();
        }
        this.hosts = List.copyOf(byHost.values());
        this.reachable = Stream.concat(hosts.stream(), destinations.values().stream())
                .sorted(Comparator.comparing(MeshHost::host))
                .toList();
    }

    private void add(List<MeshHost> definitions, Predicate<MeshHost> seen) {
        visible(definitions).filter(seen).min(HostIndex.forNamespace(namespace)).ifPresent(this::put);
    }

    private Stream<MeshHost> visible(List<MeshHost> definitions) {
        return definitions.stream().filter(host -> host.exports().to(namespace));
    }

    private void put(MeshHost host) {
        byHost.put(host.host(), host);
    }

    /** Requests may be sent where rules lead, although the Sidecar does not name these hosts: to the ports that rules name. */
    private void addDestinations() {
        var ports = new TreeMap<String, Set<Integer>>();
        for (var service : virtualServices) {
            service.http().stream()
                    .flatMap(rule -> rule.destinations().stream())
                    .forEach(destination -> {
                        String host =
                                Hosts.resolve(destination.host(), service.ref().namespace());
                        ports.computeIfAbsent(host, h -> new HashSet<>())
                                .add(destination.port().orElse(0));
                    });
        }
        ports.forEach((host, numbers) -> {
            if (!byHost.containsKey(host)) {
                visible(registry.definitions().getOrDefault(host, List.of()))
                        .min(HostIndex.forNamespace(namespace))
                        .map(found -> numbers.contains(0) ? found : found.withPorts(numbers))
                        .filter(found -> !found.ports().isEmpty())
                        .ifPresent(found -> destinations.put(host, found));
            }
        });
    }

    private Exports exports(VirtualService service) {
        return config.virtualServices().of(service.exports(), service.ref().namespace());
    }

    /** Of several VirtualServices, Istio takes the pods' private ones first and those for everyone last. */
    private int publicity(VirtualService service) {
        boolean isPrivate =
                service.ref().namespace().equals(namespace) && exports(service).onlyTo(namespace);
        return isPrivate ? 0 : exports(service).toEveryone() ? 2 : 1;
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
