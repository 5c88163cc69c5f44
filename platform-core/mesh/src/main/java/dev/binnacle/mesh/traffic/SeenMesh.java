package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Pod;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a mesh.
 *
 * @param files what {@code manifests} were read from
 * @param proxies what proxies do; empty when somebody else configures them
 * @param pods the pods that run
 */
public record SeenMesh(Manifests manifests, List<ManifestFile> files, List<ProxyIr> proxies, List<Pod> pods) {
    public SeenMesh {
        files = List.copyOf(files);
        proxies = List.copyOf(proxies);
        pods = List.copyOf(pods);
    }

    /** Returns a cluster that some proxy sends to. */
    Optional<Cluster.Outbound> cluster(String host, String subset, int port) {
        String name = "outbound|" + port + "|" + subset + "|" + host;
        // Proxies that see the same have the very same list.
        Set<List<Cluster>> looked = Collections.newSetFromMap(new IdentityHashMap<>());
        return proxies.stream()
                .map(ProxyIr::outbound)
                .filter(looked::add)
                .flatMap(clusters -> clusters.stream()
                        .filter(cluster -> cluster.name().equals(name))
                        .filter(Cluster.Outbound.class::isInstance)
                        .map(Cluster.Outbound.class::cast))
                .findFirst();
    }
}
