package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import java.util.List;
import java.util.Optional;

/**
 * A compiled mesh. One that differs a little is compiled from it with less work, and with the same outcome as from nothing;
 * what has not changed stays the very same objects. Immutable and thread-safe.
 */
public final class Compilation {
    private final MeshIr mesh;
    private final List<Diagnostic> diagnostics;
    private final Memory memory;

    Compilation(MeshIr mesh, List<Diagnostic> diagnostics, Memory memory) {
        this.mesh = mesh;
        this.diagnostics = diagnostics;
        this.memory = memory;
    }

    /** Compiles a mesh from nothing. */
    public static Compilation of(Manifests manifests, MeshTopology topology) {
        return MeshCompiler.compile(Memory.of(manifests, topology, Optional.empty()));
    }

    /** Compiles the mesh that this one has become. */
    public Compilation next(Manifests manifests, MeshTopology topology) {
        return MeshCompiler.compile(Memory.of(manifests, topology, Optional.of(memory)));
    }

    /** Returns what would be wrong in the mesh that this one is to become. */
    public List<Diagnostic> check(Manifests manifests, MeshTopology topology) {
        return Checks.run(Memory.of(manifests, topology, Optional.of(memory)));
    }

    public MeshIr mesh() {
        return mesh;
    }

    /** Returns which references lead nowhere, and what else is wrong between resources; sorted by file and line. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
