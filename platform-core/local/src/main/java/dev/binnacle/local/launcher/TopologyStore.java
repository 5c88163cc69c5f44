package dev.binnacle.local.launcher;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.TopologyJson;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The topology of this instance, and the file through which the app follows it. Thread-safe. */
final class TopologyStore {
    private static final System.Logger LOG = System.getLogger(TopologyStore.class.getName());

    private final Path file;
    private MeshTopology current;

    TopologyStore(Path file, MeshTopology first) throws IOException {
        this.file = file;
        this.current = first;
        AtomicFile.write(file, TopologyJson.write(first));
    }

    synchronized MeshTopology current() {
        return current;
    }

    /** Changes the topology; the file is written when that made a difference. */
    synchronized void update(UnaryOperator<MeshTopology> change) {
        MeshTopology next = change.apply(current);
        if (next.equals(current)) {
            return;
        }
        current = next;
        try {
            AtomicFile.write(file, TopologyJson.write(next));
        } catch (IOException e) {
            LOG.log(Level.ERROR, "topology not written file=" + file, e);
        }
    }

    /** Notes whether a pod is ready. */
    void ready(String podId, boolean ready) {
        update(topology -> topology.withPods(topology.pods().stream()
                .map(pod -> pod.id().equals(podId) ? pod.withReady(ready) : pod)
                .toList()));
    }
}
