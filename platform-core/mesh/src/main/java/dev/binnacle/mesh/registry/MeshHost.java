package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.ServiceName;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.schema.Exports;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host that clients of the mesh may call.
 *
 * @param ref the resource that defines it
 * @param place where that says so
 * @param host fully qualified
 * @param name as metrics call it
 * @param ports the TCP ports, in the order written
 * @param exports who sees it
 * @param selector the labels of the pods behind it, which are in its namespace; empty when it selects none
 */
public record MeshHost(
        ResourceRef ref,
        Place place,
        String host,
        String name,
        List<Service.Port> ports,
        Exports exports,
        Map<String, String> selector) {
    public MeshHost {
        ports = List.copyOf(ports);
    }

    static MeshHost of(Service service) {
        return new MeshHost(
                service.ref(),
                service.place(),
                service.host(),
                service.ref().name(),
                service.ports(),
                service.exports().orElse(Exports.EVERYONE),
                service.selector());
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

    /** Tells whether something in {@code namespace} with these labels belongs to it. */
    public boolean selects(String namespace, Map<String, String> labels) {
        return namespace.equals(namespace())
                && !selector.isEmpty()
                && labels.entrySet().containsAll(selector.entrySet());
    }
}
