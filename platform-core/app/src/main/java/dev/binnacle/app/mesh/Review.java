package dev.binnacle.app.mesh;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at resources before they are applied, as {@code binnacle check} does, with the mesh around them.
 *
 * @param mesh the mesh without them
 * @param files they are in
 * @param names their names
 */
record Review(MeshState mesh, List<ManifestFile> files, Set<ResourceRef> names) {
    Review(MeshState mesh, List<ManifestFile> files, Collection<ResourceRef> names) {
        this(mesh, files, Set.copyOf(names));
    }

    /**
     * Returns all that is wrong with the resources, and the errors elsewhere that they bring; in the order of file and
     * line. What was wrong elsewhere before is no concern of theirs.
     */
    List<Diagnostic> problems() {
        var found = check(files);
        var brought = brought(found);
        var given = files.stream().map(ManifestFile::name).collect(Collectors.toSet());
        return found.stream()
                .filter(d -> isNamed(d.resource())
                        || brought.contains(d)
                        || d.severity() != Severity.ERROR && given.contains(d.file()))
                .toList();
    }

    private Set<Diagnostic> brought(List<Diagnostic> found) {
        var elsewhere = found.stream()
                .filter(d -> d.severity() == Severity.ERROR && !isNamed(d.resource()))
                .toList();
        return elsewhere.isEmpty() ? Set.of() : Set.copyOf(NewProblems.between(check(List.of()), elsewhere));
    }

    private List<Diagnostic> check(List<ManifestFile> given) {
        return mesh.translated().check(mesh.manifests(), given, this::plan, Instant.now());
    }

    /** What has no name yet is in the files: all else was read before. */
    private boolean isNamed(@Nullable ResourceRef resource) {
        return resource == null || names.contains(resource);
    }

    /** New pods and hosts will get their addresses from the launcher. */
    private MeshTopology plan(Manifests manifests) {
        return mesh.topology()
                .map(running -> isPlaced(manifests, running)
                        ? running
                        : Translation.plan(manifests, running.base(), running.lowestPort())
                                .withExternals(running.externals()))
                .orElseGet(() -> Translation.plan(manifests));
    }

    /** Tells whether all pods and hosts are those of the mesh as it is, and run. */
    private boolean isPlaced(Manifests manifests, MeshTopology running) {
        var now = mesh.manifests();
        return manifests.workloads().equals(now.workloads())
                && manifests.services().equals(now.services())
                && manifests.serviceEntries().equals(now.serviceEntries())
                && running.hosts().keySet().containsAll(manifests.hosts())
                && running.pods().size()
                        == manifests.workloads().stream()
                                .mapToInt(Workload::replicas)
                                .sum();
    }
}
