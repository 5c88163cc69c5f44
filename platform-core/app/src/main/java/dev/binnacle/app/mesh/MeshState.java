package dev.binnacle.app.mesh;

import dev.binnacle.mesh.Translated;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.manifest.Overlays;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import dev.binnacle.mesh.xds.ProxyResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mesh as its sources describe it: one immutable value, replaced as a whole.
 *
 * @param manifests valid resources, overlays included
 * @param translated what the Envoys are told
 * @param overlays as they were read
 * @param diagnostics everything that reading and translating had to say
 */
public record MeshState(
        Sources sources, Manifests manifests, Translated translated, List<Diagnostic> diagnostics, Carried overlays) {
    private static final Manifests NOTHING = new Manifests(List.of());

    static final MeshState NONE = new MeshState(
            Sources.NONE, NOTHING, Translated.of(NOTHING, Translation.plan(NOTHING)), List.of(), new Carried());

    public MeshState {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Returns a mesh whose Envoys somebody else configures: what there is and what is wrong with it, and no translation. */
    static MeshState seen(List<ManifestFile> files, Compiled<Manifests> read) {
        var sources = new Sources(files, read, Contents.of(List.of()), List.of(), Optional.empty());
        return new MeshState(sources, read.value(), NONE.translated(), read.diagnostics(), new Carried());
    }

    /** Reads the overlays, and translates what the mesh becomes by other sources. */
    MeshState next(Sources changed) {
        return next(changed, read -> changed);
    }

    /**
     * Does the same.
     *
     * @param placed given what was read from them, the same sources with places for its hosts
     */
    MeshState next(Sources written, Function<Manifests, Sources> placed) {
        var nextOverlays = overlays.next();
        var read = Overlays.laidOver(written.base(), written.overlays(), nextOverlays);
        nextOverlays.complete();
        var next = read.value();
        var changed = placed.apply(next);
        var topology = changed.topology().orElseGet(() -> Translation.plan(next));
        var retranslated = translated.next(next, topology);
        var found = Stream.concat(read.diagnostics().stream(), retranslated.diagnostics().stream())
                .distinct()
                .toList();
        return new MeshState(changed, next, retranslated, found, nextOverlays);
    }

    /** Returns the same mesh, known to come from other sources. */
    MeshState withSources(Sources same) {
        return new MeshState(same, manifests, translated, diagnostics, overlays);
    }

    /** Returns Envoy's resources by pod id. */
    public Map<String, ProxyResources> proxies() {
        return translated.proxies();
    }

    /** Returns what each Envoy of the running mesh should have, by node id; empty while there is no topology. */
    Map<String, ProxyResources> byNode() {
        var byNode = new TreeMap<String, ProxyResources>();
        for (var pod : envoys()) {
            var resources = proxies().get(pod.id());
            if (resources != null) {
                byNode.put(pod.nodeId(), resources);
            }
        }
        return byNode;
    }

    /** Returns the pods that have an Envoy. */
    public List<Pod> envoys() {
        return pods().stream().filter(pod -> pod.kind() != PodKind.PLAIN).toList();
    }

    /** Returns which pods run where, once the launcher has said so. */
    public Optional<MeshTopology> topology() {
        return sources.topology();
    }

    /** Returns all files, in the order in which they count. */
    public List<ManifestFile> files() {
        return Stream.concat(sources.manifests().stream(), sources.overlays().stream())
                .toList();
    }

    /** Returns how many of the diagnostics are errors. */
    public int errors() {
        return (int)
                diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).count();
    }

    /** Returns all pods. */
    public List<Pod> pods() {
        return sources.topology().map(MeshTopology::pods).orElse(List.of());
    }

    /** Returns the node ids of the Envoys that should answer now. */
    Set<String> liveNodes() {
        return envoys().stream().filter(Pod::ready).map(Pod::nodeId).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns how many resources of a kind there are. */
    int count(String kind) {
        return (int) manifests.resources().stream()
                .filter(r -> r.ref().kind().equals(kind))
                .count();
    }
}
