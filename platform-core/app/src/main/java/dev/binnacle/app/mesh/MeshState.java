package dev.binnacle.app.mesh;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mesh as its sources describe it: one immutable value, replaced as a whole.
 *
 * @param manifests valid resources, overlays included
 * @param proxies Envoy's resources by pod id
 * @param diagnostics everything that reading and translating had to say
 */
public record MeshState(
        Sources sources, Manifests manifests, Map<String, ProxyResources> proxies, List<Diagnostic> diagnostics) {
    static final MeshState NONE = of(Sources.NONE);

    public MeshState {
        proxies = Map.copyOf(proxies);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Reads the overlays and translates. */
    static MeshState of(Sources sources) {
        return of(sources, Overlays.laidOver(sources.base(), sources.overlays()));
    }

    /** Translates manifests that were read already. */
    static MeshState of(Sources sources, Compiled<Manifests> read) {
        var manifests = read.value();
        var topology = sources.topology().orElseGet(() -> Translation.plan(manifests));
        var translated = Translation.translate(manifests, topology);
        var diagnostics = Stream.concat(read.diagnostics().stream(), translated.diagnostics().stream())
                .distinct()
                .toList();
        return new MeshState(sources, manifests, translated.value(), diagnostics);
    }

    /** Returns the same mesh, known to come from other sources. */
    MeshState withSources(Sources same) {
        return new MeshState(same, manifests, proxies, diagnostics);
    }

    /** Returns what each Envoy of the running mesh should have, by node id; empty while there is no topology. */
    Map<String, ProxyResources> byNode() {
        var byNode = new TreeMap<String, ProxyResources>();
        for (var pod : envoys()) {
            var resources = proxies.get(pod.id());
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
