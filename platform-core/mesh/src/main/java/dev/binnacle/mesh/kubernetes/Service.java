package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes Service.
 *
 * @param type {@code ClusterIP}, {@code NodePort} or {@code LoadBalancer}
 * @param selector the labels its pods have; empty when it selects none
 * @param headless whether it has no address of its own, so that its name leads to its pods
 * @param ports the TCP ports, in the order written
 * @param exports who sees it; empty when the Service does not say
 */
public record Service(
        ResourceRef ref,
        Origin origin,
        String type,
        Map<String, String> selector,
        Place selectorPlace,
        boolean headless,
        List<Port> ports,
        Optional<Exports> exports)
        implements Resource {
    /** The cluster's DNS domain, also Istio's default trust domain. */
    public static final String DOMAIN = "cluster.local";

    public Service {
        ports = List.copyOf(ports);
    }

    /** Returns the host that clients and routes know it by, {@code name.namespace.svc.cluster.local}. */
    public String host() {
        return ref.name() + "." + ref.namespace() + ".svc." + DOMAIN;
    }

    /** Returns the port with this number. */
    public Optional<Port> port(int number) {
        return ports.stream().filter(p -> p.number() == number).findFirst();
    }

    /** Tells whether pods with these labels belong to it, given that the namespace is the same. */
    public boolean selects(Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    /**
     * A port of a Service.
     *
     * @param target the container port, by number or by name
     */
    public record Port(String name, int number, String target, Protocol protocol, Place place) {
        /** Returns the container port's number on pods with these named ports; empty when they have no such name. */
        public Optional<Integer> targetOn(Map<String, Integer> containerPorts) {
            return hasNamedTarget()
                    ? Optional.ofNullable(containerPorts.get(target))
                    : Optional.of(Integer.parseInt(target));
        }

        /** Tells whether each pod says itself by what number it listens. */
        public boolean hasNamedTarget() {
            return !target.chars().allMatch(Character::isDigit);
        }
    }
}
