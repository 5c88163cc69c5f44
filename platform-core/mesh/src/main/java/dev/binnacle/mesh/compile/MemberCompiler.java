package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.locality.Located;
import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Locality;
import dev.binnacle.mesh.istio.Member;
import dev.binnacle.mesh.istio.ServiceEntry;
import dev.binnacle.mesh.istio.ServiceEntry.Resolution;
import dev.binnacle.mesh.istio.WorkloadEntry;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.StandIns;
import dev.binnacle.mesh.topology.Externals.At;
import dev.binnacle.mesh.topology.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is behind a host's port and is no pod of its own: endpoints of ServiceEntries, and WorkloadEntries. */
final class MemberCompiler {
    private final Registry registry;

    MemberCompiler(Registry registry) {
        this.registry = registry;
    }

    /** Returns the endpoints among those that have the labels of a subset. */
    Stream<Located> compile(MeshHost host, Service.Port port, Map<String, String> subset) {
        if (host.isWildcard() && isLookedUpByClient(host, port)) {
            return underWildcard(host, port).map(endpoint -> new Located(endpoint, Locality.NONE, Map.of()));
        }
        return matching(host, port, subset)
                .flatMap(member -> at(member, port)
                        .map(at -> new Located(
                                endpoint(at, member, host), Localities.of(member), Localities.labels(member))));
    }

    /** Returns what has the labels of a subset, wherever it may be. */
    Stream<Member> matching(MeshHost host, Service.Port port, Map<String, String> subset) {
        return members(host, port).filter(member -> member.labels().entrySet().containsAll(subset.entrySet()));
    }

    /** Tells whether it is the address of a connection that tells where it goes. */
    static boolean isLookedUpByClient(MeshHost host, Service.Port port) {
        return host.entry(port.number())
                .filter(entry -> entry.resolution() == Resolution.NONE)
                .isPresent();
    }

    private Stream<Member> members(MeshHost host, Service.Port port) {
        return Stream.concat(
                host.entry(port.number()).stream().flatMap(entry -> written(entry, host)),
                workloadEntries(host)
                        .map(WorkloadEntry::member)
                        .filter(member -> member.hasIpAddress() || isLookedUp(host, port)));
    }

    /** Clients of a headless Service look its pods up themselves, and nobody tells them of WorkloadEntries. */
    private Stream<WorkloadEntry> workloadEntries(MeshHost host) {
        return host.isService() && host.headless() ? Stream.empty() : registry.workloadEntries(host).stream();
    }

    /** Where nothing is looked up, what has a name and no address is not there, as in Istio. */
    private static boolean isLookedUp(MeshHost host, Service.Port port) {
        return host.entry(port.number())
                .filter(entry -> entry.resolution() != Resolution.STATIC)
                .isPresent();
    }

    /** Without endpoints the name of the host is the address. */
    private static Stream<Member> written(ServiceEntry entry, MeshHost host) {
        boolean itself =
                entry.endpoints().isEmpty() && entry.selector().isEmpty() && entry.resolution() != Resolution.STATIC;
        return itself ? Stream.of(itself(entry, host)) : entry.endpoints().stream();
    }

    private static Member itself(ServiceEntry entry, MeshHost host) {
        return new Member(
                entry.ref().name(),
                host.host(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                1,
                Optional.empty(),
                host.place());
    }

    private Stream<At> at(Member member, Service.Port port) {
        return port
                .targetOn(member.ports())
                .map(target -> port.hasNamedTarget() ? target : member.ports().getOrDefault(port.name(), target))
                .stream()
                .flatMap(number -> at(member, number));
    }

    private Stream<At> at(Member member, int number) {
        var service = registry.host(member.address()).filter(MeshHost::isService);
        return service.isPresent()
                ? service.get().port(number).stream().flatMap(p -> podsOf(service.get(), p))
                : registry.standIns().find(member.address(), number).stream();
    }

    /** An address may be the name of a Service: its DNS name leads to its pods. */
    private Stream<At> podsOf(MeshHost service, Service.Port port) {
        return registry.pods(service).stream()
                .filter(Pod::ready)
                .flatMap(pod -> port.targetOn(pod.ports()).map(p -> new At(StandIns.addressOf(pod), p)).stream());
    }

    /** What stands in for any host of the domain answers for all of them. */
    private Stream<Endpoint> underWildcard(MeshHost host, Service.Port port) {
        var itself = host.entry(port.number()).map(entry -> itself(entry, host));
        return registry.standIns()
                .hosts()
                .filter(name -> Hosts.covers(host.host(), name))
                .flatMap(name -> registry.standIns().find(name, port.number()).stream())
                .distinct()
                .flatMap(at -> itself.map(member -> endpoint(at, member, host)).stream());
    }

    private static Endpoint endpoint(At at, Member member, MeshHost host) {
        return new Endpoint(
                at.address(),
                at.port(),
                "",
                Identities.of(member, host.namespace()),
                member.speaksMtls(),
                member.weight());
    }
}
