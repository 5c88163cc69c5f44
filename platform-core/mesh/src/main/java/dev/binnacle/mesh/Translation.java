package dev.binnacle.mesh;

import dev.binnacle.mesh.compile.Checks;
import dev.binnacle.mesh.compile.Compilation;
import dev.binnacle.mesh.compile.credential.CertificateDates;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.ManifestReader;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.xds.ProxyResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The way from manifests to Envoy's resources. Pure: no input or output, no threads, the same input gives the same bytes.
 */
public final class Translation {
    private Translation() {}

    /**
     * Reads all files. Invalid resources are left out and reported; no input makes it throw.
     */
    public static Compiled<Manifests> read(List<ManifestFile> files) {
        return ManifestReader.read(files);
    }

    /**
     * Returns what every proxy is told, by pod id ({@code name.namespace}). Pods without a proxy have an entry with hosts
     * only. What refers to nothing is reported and takes no effect.
     */
    public static Compiled<Map<String, ProxyResources>> translate(Manifests manifests, MeshTopology topology) {
        var translated = Translated.of(manifests, topology);
        return new Compiled<>(translated.proxies(), translated.diagnostics());
    }

    /** Returns all that is wrong with the files, each by itself and together, without an instance. */
    public static List<Diagnostic> check(List<ManifestFile> files) {
        return ManifestReader.check(
                new Manifests(List.of()), files, manifests -> Checks.run(manifests, plan(manifests)));
    }

    /**
     * Does the same, and says which certificates in the files are not of {@code now}, or not for long. Everything else here
     * knows no time.
     */
    public static List<Diagnostic> check(List<ManifestFile> files, Instant now) {
        return ManifestReader.check(
                new Manifests(List.of()),
                files,
                manifests -> withDates(Checks.run(manifests, plan(manifests)), manifests, files, now));
    }

    /** Adds what is wrong with the dates of certificates in {@code files}. */
    static List<Diagnostic> withDates(
            List<Diagnostic> found, Manifests manifests, List<ManifestFile> files, Instant now) {
        var names = files.stream().map(ManifestFile::name).collect(Collectors.toSet());
        var problems = new Problems();
        problems.addAll(found);
        new CertificateDates(now)
                .check(
                        manifests.secrets().stream()
                                .filter(secret -> names.contains(secret.origin().file()))
                                .toList(),
                        problems);
        return problems.sorted();
    }

    /** Returns the intermediate form, which {@link #translate} renders. */
    public static Compiled<MeshIr> compile(Manifests manifests, MeshTopology topology) {
        var compilation = Compilation.of(manifests, topology);
        return new Compiled<>(compilation.mesh(), compilation.diagnostics());
    }

    /**
     * Returns a topology for offline use: every replica of every workload, all ready, numbered in order, hosts numbered
     * in order, in the block 127.16.0.0.
     */
    public static MeshTopology plan(Manifests manifests) {
        return plan(manifests, "127.16.0.0", MeshTopology.UNPRIVILEGED);
    }

    /**
     * Returns the same in another block.
     *
     * @param base the block's first address
     * @param lowestPort the lowest port that proxies may listen on
     */
    public static MeshTopology plan(Manifests manifests, String base, int lowestPort) {
        return Planner.plan(manifests, base, lowestPort);
    }
}
