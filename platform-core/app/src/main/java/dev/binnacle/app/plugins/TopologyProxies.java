package dev.binnacle.app.plugins;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import dev.binnacle.mesh.topology.TopologyJson;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Proxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The Envoys that the launcher's topology file names, read anew at every question. */
final class TopologyProxies implements MeshView {
    private static final Logger LOG = Logger.getLogger(TopologyProxies.class);
    private static final int ADMIN_PORT = 15000;

    private final Optional<Path> file;

    TopologyProxies(Optional<Path> file) {
        this.file = file;
    }

    @Override
    public List<Proxy> proxies() {
        return topology().map(TopologyProxies::proxiesOf).orElse(List.of());
    }

    private Optional<MeshTopology> topology() {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TopologyJson.read(Files.readString(file.get())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf(e, "topology not readable file=%s", file.get());
            return Optional.empty();
        }
    }

    private static List<Proxy> proxiesOf(MeshTopology topology) {
        return topology.pods().stream()
                .filter(pod -> pod.kind() != PodKind.PLAIN)
                .map(TopologyProxies::proxyOf)
                .toList();
    }

    private static Proxy proxyOf(Pod pod) {
        return new Proxy(
                pod.name(), pod.namespace(), pod.workload(), URI.create("http://" + pod.podIp() + ":" + ADMIN_PORT));
    }
}
