package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts that no Service defines, outside of the mesh or inside.
 *
 * @param hosts in full; wildcards are possible
 * @param external whether they are outside of the mesh, where nobody speaks its mutual TLS
 * @param addresses where clients of a cluster find the hosts; empty when nobody says
 * @param endpoints as written here; empty when a selector finds them, or the hosts' names lead to them
 * @param selector the labels of the pods and WorkloadEntries behind the hosts, all of the namespace for no labels; empty when
 *     it is not written
 * @param subjectAltNames the names that servers prove by certificate
 * @param exports who sees the hosts; empty when the ServiceEntry does not say
 */
public record ServiceEntry(
        ResourceRef ref,
        Origin origin,
        List<Placed> hosts,
        List<Port> ports,
        boolean external,
        Resolution resolution,
        List<String> addresses,
        List<Member> endpoints,
        Optional<Map<String, String>> selector,
        List<String> subjectAltNames,
        Optional<Exports> exports)
        implements Resource {
    public ServiceEntry {
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
        endpoints = List.copyOf(endpoints);
        subjectAltNames = List.copyOf(subjectAltNames);
    }

    /** How a host's name becomes addresses. */
    public enum Resolution {
        /** The client has looked it up already. */
        NONE,
        /** The endpoints are addresses. */
        STATIC,
        /** By DNS, and every address that it gives is used. */
        DNS,
        /** By DNS, one address after the other. */
        DNS_ROUND_ROBIN
    }

    /**
     * A port of the hosts.
     *
     * @param target the port of the endpoints
     */
    public record Port(String name, int number, int target, Protocol protocol, Place place) {}
}
