package dev.binnacle.testkit;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.explain.Explanation;
import dev.binnacle.mesh.explain.Why;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mesh as a set of manifests describes it, to ask where requests go. Nothing runs and nothing is sent, unless a test is
 * {@link WithEnvoy}. Safe for use by several threads without Envoy, by one with it.
 */
public final class Mesh {
    private static final String BASE = "127.16.0.0";

    private final List<ManifestFile> files;
    private final List<ManifestFile> all;
    private final List<String> callers;
    private final boolean anyCaller;
    private final Manifests manifests;
    private final Optional<EnvoyMesh> envoys;

    private Mesh(List<ManifestFile> files, List<String> callers, Optional<EnvoyMesh> envoys) {
        this.files = files;
        this.callers = List.copyOf(callers);
        this.envoys = envoys;
        var written = Translation.read(files).value();
        this.anyCaller = written.workloads().isEmpty();
        this.all = Stream.concat(files.stream(), Stream.of(Assumptions.workloads(written, this.callers)))
                .toList();
        this.manifests = Translation.read(all).value();
    }

    /**
     * Reads the YAML files of a repository.
     *
     * @param paths files and folders
     * @throws AssertionError when the manifests have errors, all of which it names
     */
    public static Mesh of(Path... paths) {
        return builder()
                .files(Stream.of(paths).map(Path::toString).toArray(String[]::new))
                .build();
    }

    /** Returns a builder, for manifests that are not the whole mesh. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins a request.
     *
     * @param url the path with its query, or a whole URL such as {@code http://catalog:8080/items?page=2}
     */
    public Request request(String method, String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return new Request(this, method, url);
        }
        int path = url.indexOf('/', scheme + 3);
        var request = new Request(this, method, path < 0 ? "/" : url.substring(path));
        return request.to(path < 0 ? url : url.substring(0, path));
    }

    /** Begins a GET request, see {@link #request}. */
    public Request get(String url) {
        return request("GET", url);
    }

    /** Begins a GET request, see {@link #request}. */
    public Request get(URI url) {
        return get(url.toString());
    }

    /** Returns all that is wrong with the manifests and what is assumed beside them, warnings too. */
    public List<Diagnostic> problems() {
        return Translation.check(all);
    }

    /** Returns this mesh, requests to which are also sent. */
    Mesh sentBy(EnvoyMesh running) {
        return new Mesh(files, callers, Optional.of(running));
    }

    Manifests manifests() {
        return manifests;
    }

    RouteAssert explain(WhyRequest request) {
        if (anyCaller && Callers.isUnknown(manifests, request.from())) {
            var more = new ArrayList<>(callers);
            more.add(request.from());
            return new Mesh(files, more, envoys).explain(request);
        }
        envoys.ifPresent(running -> running.use(manifests));
        return switch (Why.explain(manifests, topology(), request)) {
            case Explanation.Unanswered(String message, String fix) ->
                throw new AssertionError(
                        message + ". " + fix + ".\nA caller or Service that is not among the manifests can be"
                                + " added: @MeshTest(callers = …, services = …)" + errors());
            case Explanation.Answer answer -> RouteAssert.of(this, request, answer, envoys);
        };
    }

    private MeshTopology topology() {
        return envoys.map(EnvoyMesh::topology).orElseGet(() -> EnvoyMesh.plan(manifests, BASE));
    }

    /** Returns the errors of the manifests as the end of a message; empty when there are none. */
    String errors() {
        var errors = problems().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .map(p -> "\n  " + p)
                .collect(Collectors.joining());
        return errors.isEmpty() ? "" : "\nThe manifests have errors, and what is wrong takes no effect:" + errors;
    }

    /** Makes a mesh of manifests and of what they leave out. */
    public static final class Builder {
        private final List<ManifestFile> files = new ArrayList<>();
        private final List<String> callers = new ArrayList<>();
        private final List<String> services = new ArrayList<>();
        private boolean allowErrors;

        private Builder() {}

        /** Adds files, and folders with all that is in them. */
        public Builder files(String... paths) {
            files.addAll(ManifestFiles.read(Stream.of(paths).map(Path::of).toList()));
            return this;
        }

        /** Adds a manifest that is no file; messages call it {@code name}. */
        public Builder manifest(String name, String yaml) {
            files.add(new ManifestFile(name, yaml));
            return this;
        }

        /** Adds callers whose Deployments are elsewhere, {@code name} or {@code name.namespace}; their label app is the name. */
        public Builder callers(String... names) {
            callers.addAll(List.of(names));
            return this;
        }

        /** Adds HTTP Services that are elsewhere, {@code name:port} or {@code name.namespace:port}. */
        public Builder services(String... names) {
            services.addAll(List.of(names));
            return this;
        }

        /** Goes on where manifests have errors; what is wrong takes no effect. */
        public Builder allowErrors() {
            allowErrors = true;
            return this;
        }

        /**
         * Returns the mesh.
         *
         * @throws AssertionError when the manifests have errors, all of which it names
         */
        public Mesh build() {
            var all = new ArrayList<>(files);
            if (!services.isEmpty()) {
                all.add(Assumptions.services(services));
            }
            var mesh = new Mesh(all, callers, Optional.empty());
            if (!allowErrors && !mesh.errors().isEmpty()) {
                throw new AssertionError(mesh.errors().strip());
            }
            return mesh;
        }
    }
}
