package dev.binnacle.app.mesh;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.KeySets;
import dev.binnacle.mesh.topology.TopologyJson;
import dev.binnacle.xds.Publication;
import dev.binnacle.xds.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Keeps the Envoys at what manifests, overlays and topology say.
 *
 * <p>{@link #refresh} looks at the files; whoever owns the controller calls it again and again, from one thread.
 * Readers get the newest state without waiting. A manifest folder that gets errors while the mesh runs is not taken
 * over: the last good reading stays in force, and {@link #rejected} tells the errors.
 */
public final class MeshController {
    private static final Logger LOG = Logger.getLogger(MeshController.class);

    private final ManifestFolders folders;
    private final OverlayStore overlays;
    private final Path topologyFile;
    private final ControlPlane controlPlane;
    private final List<Consumer<MeshState>> listeners;

    private final ReentrantLock loading = new ReentrantLock();
    private final Condition replaced = loading.newCondition();
    private Seen seen;
    private Seen looked;
    private boolean loaded;
    private boolean overlaysHeld;
    private KeySets keySets = KeySets.NONE;
    private volatile MeshState state = MeshState.NONE;
    private volatile List<Diagnostic> rejected = List.of();
    private volatile boolean published;
    private volatile long revision;

    /** What the files looked like. */
    private record Seen(List<FileState> manifests, List<FileState> overlays, FileState topology) {}

    /**
     * Reads nothing yet.
     *
     * @param listeners called with each new state, on the thread that made it
     */
    public MeshController(
            List<Path> manifests,
            Path overlays,
            Path topology,
            ControlPlane controlPlane,
            List<Consumer<MeshState>> listeners) {
        this.folders = new ManifestFolders(manifests);
        this.overlays = new OverlayStore(overlays);
        this.topologyFile = topology;
        this.controlPlane = controlPlane;
        this.listeners = List.copyOf(listeners);
        this.seen = new Seen(List.of(), List.of(), FileState.missing(topology));
        this.looked = seen;
    }

    /** Returns the mesh as it is now. */
    public MeshState state() {
        return state;
    }

    /** Returns the errors of manifests that were changed for the worse and therefore not taken over. */
    public List<Diagnostic> rejected() {
        return rejected;
    }

    /** Tells whether the Envoys have been told a state: the manifests were read and the pods are known. */
    public boolean published() {
        return published;
    }

    /** Returns the number of the present state: it grows with each one, and does not begin anew with the application. */
    public long revision() {
        return revision;
    }

    /** Returns the folder of overlays. */
    OverlayStore overlays() {
        return overlays;
    }

    /** Returns the way to the Envoys. */
    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /** Takes over key sets that were fetched, where they are others than before. */
    void take(KeySets fetched) {
        loading.lock();
        try {
            keySets = fetched;
            var topology = state.sources().topology();
            if (topology.filter(t -> !t.keySets().equals(fetched)).isPresent()) {
                publish(sources -> sources.withTopology(topology.get().withKeySets(fetched)));
            }
        } finally {
            loading.unlock();
        }
    }

    /** Takes over a mesh that was read elsewhere and whose Envoys somebody else configures. */
    public void show(List<ManifestFile> files, Compiled<Manifests> read) {
        loading.lock();
        try {
            replace(MeshState.seen(files, read), Rollout.AT_ONCE);
        } finally {
            loading.unlock();
        }
    }

    /** Takes over what changed in the files since the last call. */
    public void refresh() {
        loading.lock();
        try {
            var overlaysNow = overlaysHeld ? seen.overlays() : overlays.states();
            var now = new Seen(folders.states(), overlaysNow, FileState.of(topologyFile));
            if (!loaded || !now.equals(seen)) {
                load(now);
            }
            looked = now;
        } finally {
            loading.unlock();
        }
    }

    /**
     * Publishes {@code next} if the present state is still the one it was made from, else what {@code change} makes of it:
     * to a few Envoys first, so that what one of them refuses reaches no other.
     */
    Publication introduce(MeshState base, MeshState next, UnaryOperator<Sources> change) {
        loading.lock();
        try {
            boolean current = state.sources().equals(base.sources())
                    && next.sources().topology().equals(base.sources().topology());
            return replace(current ? next : state.next(change.apply(state.sources())), Rollout.TRIED_FIRST);
        } finally {
            loading.unlock();
        }
    }

    /** Publishes what {@code change} makes of the present state, to all Envoys at once. */
    Publication publish(UnaryOperator<Sources> change) {
        loading.lock();
        try {
            return replace(state.next(change.apply(state.sources())), Rollout.AT_ONCE);
        } finally {
            loading.unlock();
        }
    }

    /** Drops an overlay that has no effect from the state; nothing has to be translated for that. */
    void forget(ManifestFile overlay) {
        loading.lock();
        try {
            state = state.withSources(state.sources().without(List.of(overlay)));
        } finally {
            loading.unlock();
        }
    }

    /** From now on changes of the overlay folder are not taken over: they are one's own. */
    void holdOverlays() {
        loading.lock();
        try {
            overlaysHeld = true;
        } finally {
            loading.unlock();
        }
    }

    /** The state agrees with the overlay folder again. */
    void releaseOverlays() {
        loading.lock();
        try {
            overlaysHeld = false;
            seen = new Seen(seen.manifests(), overlays.states(), seen.topology());
        } finally {
            loading.unlock();
        }
    }

    /** Waits until every host of {@code hosts} has an address; returns those that got none in time. */
    List<String> awaitAddresses(List<String> hosts, Duration timeout) throws InterruptedException {
        loading.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!withoutNumber(hosts).isEmpty() && left > 0) {
                left = replaced.awaitNanos(left);
            }
            return withoutNumber(hosts);
        } finally {
            loading.unlock();
        }
    }

    private List<String> withoutNumber(List<String> hosts) {
        var topology = state.sources().topology();
        return topology.isEmpty()
                ? List.of()
                : hosts.stream()
                        .filter(host -> !topology.get().hosts().containsKey(host))
                        .toList();
    }

    private void load(Seen now) {
        var next = state.sources();
        // An editor may write a file in steps; what two looks in a row find the same is complete.
        boolean complete = !loaded || now.manifests().equals(looked.manifests());
        if (complete && !now.manifests().equals(seen.manifests())) {
            next = readManifests(next, now.manifests());
        }
        if (!now.overlays().equals(seen.overlays())) {
            next = readOverlays(next);
        }
        if (!now.topology().equals(seen.topology())) {
            next = readTopology(next, now.topology());
        }
        seen = new Seen(complete ? now.manifests() : seen.manifests(), now.overlays(), now.topology());
        if (!loaded || !next.equals(state.sources())) {
            loaded = true;
            replace(state.next(next), Rollout.AT_ONCE);
        }
    }

    private Sources readManifests(Sources sources, List<FileState> files) {
        var reading = folders.read(files);
        var read = Translation.read(reading.files());
        var problems = new ArrayList<>(reading.problems());
        problems.addAll(read.diagnostics());
        var base = new Compiled<>(read.value(), problems);
        if (loaded) {
            rejected = NewProblems.between(sources.base().diagnostics(), problems);
            if (!rejected.isEmpty()) {
                LOG.warnf("manifests not taken over errors=%d first=%s", rejected.size(), rejected.getFirst());
                return sources;
            }
        }
        return sources.withManifests(reading.files(), base);
    }

    private Sources readOverlays(Sources sources) {
        try {
            return sources.withOverlays(overlays.read());
        } catch (IOException e) {
            LOG.warnf(e, "overlays not readable folder=%s", overlays.folder());
            return sources;
        }
    }

    private Sources readTopology(Sources sources, FileState file) {
        if (!file.exists()) {
            return sources;
        }
        try {
            return sources.withTopology(
                    TopologyJson.read(Files.readString(topologyFile)).withKeySets(keySets));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf(e, "topology not readable file=%s", topologyFile);
            return sources;
        }
    }

    private Publication replace(MeshState next, Rollout rollout) {
        var publication = next.sources().topology().isPresent()
                ? controlPlane.publish(next.byNode(), rollout)
                : new Publication(0, Map.of());
        state = next;
        revision = Math.max(revision + 1, System.currentTimeMillis());
        published = next.sources().topology().isPresent();
        controlPlane.registry(next.count("Service"), next.count("VirtualService"));
        replaced.signalAll();
        listeners.forEach(listener -> listener.accept(next));
        return publication;
    }
}
