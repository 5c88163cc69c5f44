package dev.binnacle.mesh;

import dev.binnacle.mesh.compile.Compilation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.ManifestReader;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.xds.ProxyRenderer;
import dev.binnacle.mesh.xds.ProxyResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What every proxy of a mesh is told. What it is told once the mesh has changed a little is made from it with less work, and
 * with the same outcome as from nothing. Immutable and thread-safe.
 */
public final class Translated {
    private final Compilation compilation;
    private final Carried rendered;
    private final Map<String, ProxyResources> proxies;

    private Translated(Compilation compilation, Carried rendered) {
        this.compilation = compilation;
        this.rendered = rendered;
        this.proxies = ProxyRenderer.render(compilation.mesh(), rendered);
        rendered.complete();
    }

    /** Translates from nothing. */
    public static Translated of(Manifests manifests, MeshTopology topology) {
        return new Translated(Compilation.of(manifests, topology), new Carried());
    }

    /** Translates what the mesh has become. */
    public Translated next(Manifests manifests, MeshTopology topology) {
        return new Translated(compilation.next(manifests, topology), rendered.next());
    }

    /**
     * Returns all that is wrong with files, each by itself, and together with the resources around them, which they replace
     * where they have the same names. It takes less work where the resources and their places are those of this translation.
     *
     * @param plan the pods and addresses there would be
     * @param now when certificates in the files must be valid
     */
    public List<Diagnostic> check(
            Manifests around, List<ManifestFile> files, Function<Manifests, MeshTopology> plan, Instant now) {
        return ManifestReader.check(
                around,
                files,
                manifests -> Translation.withDates(
                        compilation.check(manifests, plan.apply(manifests)), manifests, files, now));
    }

    /** Returns what every proxy is told, by pod id ({@code name.namespace}); of pods without a proxy, the hosts only. */
    public Map<String, ProxyResources> proxies() {
        return proxies;
    }

    /** Returns the intermediate form of it. */
    public MeshIr mesh() {
        return compilation.mesh();
    }

    /** Returns what refers to nothing, and what else is wrong between resources; it takes no effect. */
    public List<Diagnostic> diagnostics() {
        return compilation.diagnostics();
    }
}
