package dev.binnacle.mesh.compile.credential;

import dev.binnacle.mesh.credential.Credentials;
import dev.binnacle.mesh.credential.Credentials.Asker;
import dev.binnacle.mesh.credential.Credentials.Found;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Cluster.Shown;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.ir.Credential;
import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.ServerTls;
import dev.binnacle.mesh.ir.ServerTls.Clients;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Chooses what a proxy is told in secret: what its listeners and clusters name, and nothing else. */
public final class CredentialCompiler {
    private final Credentials credentials;
    private final Askers askers;

    public CredentialCompiler(Registry registry) {
        this.credentials = new Credentials(registry.manifests().secrets());
        this.askers = new Askers(registry.manifests());
    }

    /** Returns the credentials of a proxy, sorted by name. What is missing or unusable is not among them. */
    public List<Credential> of(Pod pod, List<Listener> listeners, List<Cluster> clusters) {
        var asker = askers.of(pod);
        var served = listeners.stream().flatMap(CredentialCompiler::ends).flatMap(tls -> found(asker, tls));
        var called = clusters.stream().flatMap(CredentialCompiler::begun).flatMap(tls -> found(asker, tls));
        return Stream.concat(served, called)
                .flatMap(found -> found instanceof Found.Usable usable ? Stream.of(usable.credential()) : Stream.of())
                .distinct()
                .sorted(Comparator.comparing(Credential::name))
                .toList();
    }

    private static Stream<ServerTls> ends(Listener listener) {
        return listener instanceof Listener.Gateway gateway
                ? gateway.chains().stream().flatMap((GatewayChain chain) -> chain.tls().stream())
                : Stream.of();
    }

    private static Stream<Tls.Foreign> begun(Cluster cluster) {
        return cluster instanceof Cluster.Outbound outbound && outbound.tls() instanceof Tls.Foreign foreign
                ? Stream.of(foreign)
                : Stream.of();
    }

    private Stream<Found> found(Asker asker, Tls.Foreign tls) {
        var own = tls.shown().stream()
                .flatMap(shown -> shown instanceof Shown.Told(var name) ? Stream.of(name) : Stream.of())
                .map(name -> credentials.pair(asker, name));
        var authorities = Stream.of(tls.trust())
                .flatMap(trust -> trust instanceof Trust.Told(var name) ? Stream.of(name) : Stream.of())
                .map(name -> credentials.authorities(asker, name));
        return Stream.concat(own, authorities);
    }

    private Stream<Found> found(Asker asker, ServerTls tls) {
        var own = tls.certificates().stream()
                .filter(name -> !name.equals(ServerTls.OF_MESH))
                .map(name -> credentials.pair(asker, name));
        var authorities = Stream.of(tls.clients())
                .flatMap(clients -> clients instanceof Clients.Certified certified
                        ? Stream.of(certified.authorities())
                        : Stream.of())
                .filter(name -> !name.equals(ServerTls.AUTHORITY_OF_MESH))
                .map(name -> credentials.authorities(asker, name));
        return Stream.concat(own, authorities);
    }
}
