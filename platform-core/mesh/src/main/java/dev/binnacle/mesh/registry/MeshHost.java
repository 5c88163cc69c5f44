package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.ServiceName;
import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.istio.ServiceEntry;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A host that clients of the mesh may call: a Service's, or one that ServiceEntries define.
 *
 * @param ref the resource that defines it
 * @param place where that says so
 * @param host fully qualified; a ServiceEntry's may be a wildcard
 * @param name as metrics call it
 * @param headless whether clients of a cluster look its pods up by it
 * @param ports the TCP ports, in the order written
 * @param exports who sees it
 * @param selector the labels of what is behind it, all in its namespace; empty when it selects nothing
 * @param entries the ServiceEntry that defines each port; empty for a Service
 */
public record MeshHost(
        ResourceRef ref,
        Place place,
        String host,
        String name,
        boolean headless,
        List<Service.Port> ports,
        Exports exports,
        Optional<Map<String, String>> selector,
        Map<Integer, ServiceEntry> entries) {
    public MeshHost {
        ports = List.copyOf(ports);
        entries = Map.copyOf(entries);
    }

    static MeshHost of(Service service, MeshConfig config) {
        return new MeshHost(
                service.ref(),
                service.place(),
                service.host(),
                service.ref().name(),
                service.headless(),
                service.ports(),
                config.services().of(service.exports(), service.ref().namespace()),
                Optional.of(service.selector()).filter(labels -> !labels.isEmpty()),
                Map.of());
    }

    static MeshHost of(ServiceEntry entry, Placed host, MeshConfig config) {
        var entries = new TreeMap<Integer, ServiceEntry>();
        entry.ports().forEach(port -> entries.put(port.number(), entry));
        return new MeshHost(
                entry.ref(),
                host.place(),
                host.text(),
                host.text(),
                false,
                entry.ports().stream().map(MeshHost::port).toList(),
                config.services().of(entry.exports(), entry.ref().namespace()),
                entry.selector(),
                entries);
    }

    private static Service.Port port(ServiceEntry.Port port) {
        return new Service.Port(
                port.name(), port.number(), String.valueOf(port.target()), port.protocol(), port.place());
    }

    /** Tells whether a Service defines it. */
    public boolean isService() {
        return ref.kind().equals("Service");
    }

    /** Tells whether it is outside of the mesh, where nobody speaks mutual TLS. */
    public boolean isExternal() {
        return entries.values().stream().anyMatch(ServiceEntry::external);
    }

    /** Tells whether it stands for all hosts of a domain. */
    public boolean isWildcard() {
        return host.startsWith("*");
    }

    /** Returns the namespace it belongs to. */
    public String namespace() {
        return ref.namespace();
    }

    /** Returns what metrics call it. */
    public ServiceName serviceName() {
        return new ServiceName(host, name, namespace());
    }

    /** Returns the port with this number. */
    public Optional<Service.Port> port(int number) {
        return ports.stream().filter(p -> p.number() == number).findFirst();
    }

    /** Returns the ServiceEntry that defines a port; empty for a Service. */
    public Optional<ServiceEntry> entry(int port) {
        return Optional.ofNullable(entries.get(port));
    }

    /** Returns the names that servers prove by certificate, as ServiceEntries list them. */
    public List<String> subjectAltNames() {
        return entries.values().stream()
                .flatMap(entry -> entry.subjectAltNames().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Tells whether something in {@code namespace} with these labels belongs to it. */
    public boolean selects(String namespace, Map<String, String> labels) {
        return namespace.equals(namespace())
                && selector.filter(wanted -> labels.entrySet().containsAll(wanted.entrySet()))
                        .isPresent();
    }

    /** Returns this host with its name as requests have it: in lower case. */
    public MeshHost asRequested() {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals(host)
                ? this
                : new MeshHost(ref, place, lower, name, headless, ports, exports, selector, entries);
    }

    /** Returns this host without the ports that are not among {@code numbers}. */
    MeshHost withPorts(Set<Integer> numbers) {
        var fewer = ports.stream().filter(p -> numbers.contains(p.number())).toList();
        return new MeshHost(ref, place, host, name, headless, fewer, exports, selector, entries);
    }

    /** Tells whether {@code later} may add ports: Istio merges ServiceEntries of one kind in one namespace. */
    boolean mergesWith(MeshHost later) {
        return namespace().equals(later.namespace())
                && !isService()
                && !later.isService()
                && exports.equals(later.exports)
                && selector.equals(later.selector)
                && resolutions().equals(later.resolutions());
    }

    private List<ServiceEntry.Resolution> resolutions() {
        return entries.values().stream()
                .map(ServiceEntry::resolution)
                .distinct()
                .toList();
    }

    /** Returns this host with those ports of {@code later} that it lacks. */
    MeshHost mergedWith(MeshHost later) {
        var all = new ArrayList<>(ports);
        later.ports.stream().filter(p -> port(p.number()).isEmpty()).forEach(all::add);
        var both = new TreeMap<>(later.entries);
        both.putAll(entries);
        return new MeshHost(ref, place, host, name, headless, all, exports, selector, both);
    }
}
