package dev.binnacle.mesh.golden;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.credential.TestCertificates;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.IrPrinter;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.xds.ProxyRenderer;
import dev.binnacle.mesh.xds.ProxyResources;
import dev.binnacle.mesh.xds.ResourcesJson;
import dev.binnacle.mesh.yaml.YamlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * <p>{@code case.yaml} may say:
 *
 * <ul>
 *   <li>{@code base: shop}: the manifests of {@code src/test/resources/bases/shop.yaml} are there too;
 *   <li>{@code proxies: a-0.default b-0.default}: whose translation is recorded (default: none, diagnostics only);
 *   <li>{@code show: ir listeners filters routes clusters endpoints secrets hosts}: what of it (default: {@code ir routes});
 *   <li>{@code about: catalog}: only virtual hosts and clusters with that in their name, and listeners that lead there.
 * </ul>
 */
record GoldenCase(Path folder, String base, Set<String> proxies, Set<String> show, String about) {
    static final Path ROOT = Path.of("src/test/resources/cases");
    private static final Path BASES = Path.of("src/test/resources/bases");

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
                folder,
                options.getProperty("base", ""),
                words(options.getProperty("proxies", "")),
                words(options.getProperty("show", "ir routes")),
                options.getProperty("about", ""));
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(w -> !w.isBlank()).collect(Collectors.toSet());
    }

    List<ManifestFile> input() throws IOException {
        var files = new ArrayList<ManifestFile>();
        files.add(new ManifestFile("input.yaml", TestCertificates.in(Files.readString(folder.resolve("input.yaml")))));
        if (!base.isEmpty()) {
            files.add(new ManifestFile(base + ".yaml", Files.readString(BASES.resolve(base + ".yaml"))));
        }
        return files;
    }

    Map<String, ProxyResources> resources() throws IOException {
        return ProxyRenderer.render(mesh());
    }

    private MeshIr mesh() throws IOException {
        var manifests = Translation.read(input()).value();
        return Translation.compile(manifests, Translation.plan(manifests)).value();
    }

    /** Returns every golden file this case should have, with its content. */
    Map<String, String> produce() throws IOException {
        var mesh = mesh();
        var files = new TreeMap<String, String>();
        files.put(
                "diagnostics.txt",
                Translation.check(input()).stream().map(GoldenCase::line).collect(Collectors.joining()));
        for (String id : proxies.stream().sorted().toList()) {
            var proxy =
                    mesh.proxy(id).map(this::excerpt).orElseThrow(() -> new IllegalArgumentException("no proxy " + id));
            String prefix = proxies.size() == 1 ? "" : id + "/";
            if (show.contains("ir")) {
                files.put(prefix + "ir.yaml", YamlWriter.write(IrPrinter.plain(proxy)));
            }
            xds(ProxyRenderer.render(proxy, mesh.settings())).forEach((name, text) -> {
                if (show.contains(name)) {
                    files.put(prefix + "xds/" + name + ".yaml", text);
                }
            });
        }
        return files;
    }

    private ProxyIr excerpt(ProxyIr proxy) {
        if (about.isEmpty()) {
            return proxy;
        }
        var tables = proxy.routeTables().stream()
                .filter(table -> !table.name().equals("http_proxy"))
                .map(table -> new RouteTable(
                        table.name(),
                        table.ignoresPort(),
                        table.virtualHosts().stream()
                                .filter(host -> host.name().contains(about))
                                .toList()))
                .filter(table -> !table.virtualHosts().isEmpty())
                .toList();
        return new ProxyIr(
                proxy.id(),
                proxy.self(),
                proxy.address(),
                proxy.guard(),
                proxy.telemetry(),
                proxy.listeners().stream()
                        .filter(listener -> leadsTo(listener).contains(about))
                        .toList(),
                tables,
                proxy.clusters().stream().filter(c -> c.name().contains(about)).toList(),
                List.of(),
                proxy.credentials(),
                Map.of());
    }

    private static String leadsTo(Listener listener) {
        return switch (listener) {
            case Listener.Inbound inbound -> inbound.cluster();
            case Listener.OutboundTcp outbound -> clusters(outbound.routes());
            case Listener.OutboundHttp outbound -> outbound.routeTable();
            case Listener.Gateway gateway ->
                gateway.chains().stream()
                        .map(chain -> switch (chain.content()) {
                            case GatewayChain.Content.Requests(String table) -> table;
                            case GatewayChain.Content.Bytes(TcpRoute route) -> clusters(List.of(route));
                        })
                        .collect(Collectors.joining(","));
            case Listener.HttpProxy proxy -> proxy.routeTable();
        };
    }

    private static String clusters(List<TcpRoute> routes) {
        return routes.stream()
                .flatMap(route -> route.targets().stream())
                .map(TcpRoute.Target::cluster)
                .collect(Collectors.joining(","));
    }

    private static Map<String, String> xds(ProxyResources resources) {
        var result = new LinkedHashMap<String, String>();
        result.put("listeners", ResourcesJson.yaml(resources.listeners()));
        result.put("filters", ResourcesJson.yaml(resources.filters()));
        result.put("routes", ResourcesJson.yaml(resources.routes()));
        result.put("clusters", ResourcesJson.yaml(resources.clusters()));
        result.put("endpoints", ResourcesJson.yaml(resources.endpoints()));
        result.put("secrets", ResourcesJson.yaml(ResourcesJson.redacted(resources.secrets())));
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
