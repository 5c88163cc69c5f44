package dev.binnacle.mesh.oracle;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.credential.TestCertificates;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Externals;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.xds.ProxyResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One folder of {@code src/test/resources/istio}: manifests, and what Istio makes of them. */
record IstioCase(Path folder) {
    /** {@code -Dbinnacle.istio.cases=DIR} compares other cases, those of a fuzzer for example. */
    static final Path ROOT = Path.of(System.getProperty("binnacle.istio.cases", "src/test/resources/istio"));

    static List<IstioCase> all() {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(IstioCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Binnacle makes of the manifests. */
    private record Told(Compiled<Manifests> manifests, MeshTopology topology, Map<String, ProxyResources> resources) {}

    private Told told() {
        var manifests =
                Translation.read(List.of(new ManifestFile("input.yaml", TestCertificates.in(text("input.yaml")))));
        var plan = Translation.plan(manifests.value());
        // Istio's sidecars get the traffic of all ports.
        var topology = plan.withLowestPort(1).withExternals(new Externals(Map.of(), true));
        return new Told(
                manifests,
                topology,
                Translation.translate(manifests.value(), topology).value());
    }

    private List<String> proxies(Map<String, Object> expected) {
        return ((Map<?, ?>) expected.get("proxies"))
                .keySet().stream().map(String::valueOf).toList();
    }

    /** Returns what the proxies of this case are told. */
    Map<String, ProxyResources> resources() {
        var result = new TreeMap<>(told().resources());
        result.keySet().retainAll(proxies(expected()));
        return result;
    }

    /** Returns where Binnacle's translation and Istio's differ. */
    List<Difference> differences() {
        var told = told();
        var expected = expected();
        var actual = new TreeMap<String, Object>();
        for (String id : proxies(expected)) {
            var pod = told.topology().pods().stream()
                    .filter(p -> p.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no pod " + id + ": " + told.manifests().diagnostics()));
            var form = NormalForm.of(pod, told.resources().get(pod.id()), told.topology());
            if (!saysTelemetry(expected, id)) {
                form.remove("telemetry");
            }
            actual.put(pod.id(), form);
        }
        return Difference.between(
                Map.of("rejected", expected.getOrDefault("rejected", Map.of()), "proxies", expected.get("proxies")),
                Map.of("rejected", rejected(told.manifests().diagnostics()), "proxies", actual));
    }

    /** Cases that are not about telemetry leave it out: Istio has none where nothing is installed. */
    private static boolean saysTelemetry(Map<String, Object> expected, String proxy) {
        return expected.get("proxies") instanceof Map<?, ?> proxies
                && proxies.get(proxy) instanceof Map<?, ?> form
                && form.containsKey("telemetry");
    }

    /** Istio's admission webhook refuses what Binnacle leaves out with an error. */
    private static Map<String, Boolean> rejected(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .flatMap(d -> Stream.ofNullable(d.resource()))
                .map(ResourceRef::toString)
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> true));
    }

    private Map<String, Object> expected() {
        return load(text("expected-by-istio.yaml"));
    }

    static Map<String, Object> load(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
