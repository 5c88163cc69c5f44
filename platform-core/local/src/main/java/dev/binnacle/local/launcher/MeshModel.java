package dev.binnacle.local.launcher;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.manifest.Overlays;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.BootstrapRenderer;
import dev.binnacle.mesh.xds.BootstrapSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the launcher asks of the translation. */
final class MeshModel {
    private final ManifestFolders folders;
    private final ManifestFolders overlays;
    private final Set<String> only;

    MeshModel(ManifestFolders folders, ManifestFolders overlays, Set<String> only) {
        this.folders = folders;
        this.overlays = overlays;
        this.only = only;
    }

    /** Returns every file that {@link #read} reads, in order. */
    List<Path> paths() {
        return Stream.concat(folders.paths().stream(), overlays.paths().stream())
                .toList();
    }

    /** Reads the manifests and the overlays as they are now. */
    Compiled<WantedMesh> read() {
        var written = folders.read();
        var applied = overlays.read();
        Compiled<Manifests> read = Overlays.laidOver(Translation.read(written.files()), applied.files());
        return new Compiled<>(
                new WantedMesh(read.value(), alsoApplied(applied.files())),
                Stream.of(written.problems(), applied.problems(), read.diagnostics())
                        .flatMap(List::stream)
                        .toList());
    }

    /** Who runs some workloads only, and applies another, wants that one too. */
    private Set<String> alsoApplied(List<ManifestFile> files) {
        if (only.isEmpty()) {
            return only;
        }
        return Stream.concat(
                        only.stream(),
                        Overlays.applied(files).stream()
                                .filter(ref -> ref.kind().equals("Deployment"))
                                .map(ResourceRef::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads as {@link #read} does, and also looks for references to what is not there. */
    Compiled<WantedMesh> check() {
        Compiled<WantedMesh> read = read();
        Manifests manifests = read.value().manifests();
        var translated = Translation.compile(manifests, Translation.plan(manifests));
        return new Compiled<>(
                read.value(),
                Stream.concat(read.diagnostics().stream(), translated.diagnostics().stream())
                        .distinct()
                        .toList());
    }

    /** Returns the hosts files of all pods, by pod id. */
    static Map<String, Map<String, String>> hosts(WantedMesh wanted, MeshTopology topology) {
        return Translation.compile(wanted.manifests(), topology).value().proxies().stream()
                .collect(Collectors.toMap(ProxyIr::id, ProxyIr::hosts));
    }

    /** Returns the bootstrap of a pod's Envoy. */
    static String bootstrap(Pod pod, String trustDomain, String xdsAddress, int xdsPort, Path adminSocket) {
        return BootstrapRenderer.render(
                new BootstrapSpec(pod, trustDomain, xdsAddress, xdsPort, adminSocket.toString()));
    }
}
