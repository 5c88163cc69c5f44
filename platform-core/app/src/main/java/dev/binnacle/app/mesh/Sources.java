package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that decides what the mesh does.
 *
 * @param manifests the files of the manifest folders
 * @param base the resources they hold, without the overlays
 * @param contents the same word by word, to tell what is new in a change
 * @param overlays changes made at run time, in order
 * @param topology which pods run where; empty while no launcher has written it
 */
record Sources(
        List<ManifestFile> manifests,
        Compiled<Manifests> base,
        Contents contents,
        List<ManifestFile> overlays,
        Optional<MeshTopology> topology) {
    static final Sources NONE = new Sources(
            List.of(),
            new Compiled<>(new Manifests(List.of()), List.of()),
            Contents.of(List.of()),
            List.of(),
            Optional.empty());

    Sources {
        manifests = List.copyOf(manifests);
        overlays = List.copyOf(overlays);
    }

    Sources withManifests(List<ManifestFile> files, Compiled<Manifests> read) {
        return new Sources(files, read, Contents.of(files), overlays, topology);
    }

    Sources withOverlays(List<ManifestFile> newOverlays) {
        return new Sources(manifests, base, contents, newOverlays, topology);
    }

    Sources with(List<ManifestFile> more) {
        return withOverlays(Stream.concat(overlays.stream(), more.stream()).toList());
    }

    /** Returns what is said about each resource, overlays included. */
    Contents inForce() {
        return contents.with(overlays);
    }

    Sources without(List<ManifestFile> some) {
        var names = some.stream().map(ManifestFile::name).toList();
        return withOverlays(
                overlays.stream().filter(o -> !names.contains(o.name())).toList());
    }

    Sources withTopology(MeshTopology newTopology) {
        return new Sources(manifests, base, contents, overlays, Optional.of(newTopology));
    }

    /** Returns these sources with a number for each of {@code hosts}: what the launcher will do, for a look ahead. */
    Sources numbered(List<String> hosts) {
        return topology.map(t -> withTopology(t.withHosts(MeshTopology.numberHosts(t.hosts(), hosts))))
                .orElse(this);
    }
}
