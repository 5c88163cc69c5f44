package dev.binnacle.mesh.golden;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.IrPrinter;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.xds.ProxyRenderer;
import dev.binnacle.mesh.xds.ProxyResources;
import dev.binnacle.mesh.xds.ResourcesJson;
import dev.binnacle.mesh.yaml.YamlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One folder of {@code src/test/resources/cases}: {@code input.yaml}, and the files its translation must equal.
 *
 * <p>{@code case.yaml} may say {@code proxies: a-0.default b-0.default} (default: none, diagnostics only) and {@code show:
 * ir listeners routes clusters endpoints hosts} (default: {@code ir routes}).
 */
record GoldenCase(Path folder, Set<String> proxies, Set<String> show) {
    static final Path ROOT = Path.of("src/test/resources/cases");

    static Stream<GoldenCase> all() throws IOException {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory).sorted().map(GoldenCase::read).toList().stream();
        }
    }

    private static GoldenCase read(Path folder) {
        var options = new Properties();
        var file = folder.resolve("case.yaml");
        try (var reader = Files.exists(file) ? Files.newBufferedReader(file) : null) {
            if (reader != null) {
                options.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GoldenCase(
                folder, words(options.getProperty("proxies", "")), words(options.getProperty("show", "ir routes")));
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(w -> !w.isBlank()).collect(Collectors.toSet());
    }

    List<ManifestFile> input() throws IOException {
        return List.of(new ManifestFile("input.yaml", Files.readString(folder.resolve("input.yaml"))));
    }

    Map<String, ProxyResources> resources() throws IOException {
        return ProxyRenderer.render(mesh(new Problems()));
    }

    private MeshIr mesh(Problems problems) throws IOException {
        var manifests = Translation.read(input());
        problems.addAll(manifests.diagnostics());
        var mesh = Translation.compile(manifests.value(), Translation.plan(manifests.value()));
        problems.addAll(mesh.diagnostics());
        return mesh.value();
    }

    /** Returns every golden file this case should have, with its content. */
    Map<String, String> produce() throws IOException {
        var problems = new Problems();
        var mesh = mesh(problems);
        var files = new TreeMap<String, String>();
        files.put(
                "diagnostics.txt",
                problems.sorted().stream().map(GoldenCase::line).collect(Collectors.joining()));
        for (String id : proxies.stream().sorted().toList()) {
            var proxy = mesh.proxy(id).orElseThrow(() -> new IllegalArgumentException("no proxy " + id));
            String prefix = proxies.size() == 1 ? "" : id + "/";
            if (show.contains("ir")) {
                files.put(prefix + "ir.yaml", YamlWriter.write(IrPrinter.plain(proxy)));
            }
            xds(ProxyRenderer.render(proxy, mesh.trustDomain())).forEach((name, text) -> {
                if (show.contains(name)) {
                    files.put(prefix + "xds/" + name + ".yaml", text);
                }
            });
        }
        return files;
    }

    private static Map<String, String> xds(ProxyResources resources) {
        var result = new LinkedHashMap<String, String>();
        result.put("listeners", ResourcesJson.yaml(resources.listeners()));
        result.put("routes", ResourcesJson.yaml(resources.routes()));
        result.put("clusters", ResourcesJson.yaml(resources.clusters()));
        result.put("endpoints", ResourcesJson.yaml(resources.endpoints()));
        result.put("hosts", YamlWriter.write(resources.hosts()));
        return result;
    }

    private static String line(Diagnostic diagnostic) {
        return diagnostic.severity() + " " + diagnostic + "\n";
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
