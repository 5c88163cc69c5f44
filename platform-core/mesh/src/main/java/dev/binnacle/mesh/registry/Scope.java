package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.schema.Exports;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of the mesh that some pods may see: what the others export to their namespace. */
public final class Scope {
    private final String namespace;
    private final Map<String, MeshHost> byHost = new TreeMap<>();
    private final List<MeshHost> hosts;
    private final List<VirtualService> virtualServices;

    Scope(Registry registry, String namespace) {
        this.namespace = namespace;
        registry.definitions()
                .forEach((name, all) -> all.stream()
                        .filter(host -> host.exports().to(namespace))
                        .min(HostIndex.forNamespace(namespace))
                        .ifPresent(host -> byHost.put(name, host)));
        this.hosts = List.copyOf(byHost.values());
        this.virtualServices = registry.virtualServices().stream()
                .filter(service -> exports(service).to(namespace))
                .sorted(Comparator.comparingInt(this::publicity))
                .toList();
    }

    private static Exports exports(VirtualService service) {
        return service.exports().orElse(Exports.EVERYONE);
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

    /** Returns the host with this full name. */
    public Optional<MeshHost> host(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    /** Returns the VirtualServices in the order in which they count: where two decide about one thing, the first one does. */
    public List<VirtualService> virtualServices() {
        return virtualServices;
    }
}
