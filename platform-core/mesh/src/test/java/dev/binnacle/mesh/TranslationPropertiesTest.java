package dev.binnacle.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.golden.GoldenCases;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteAction.Destination;
import dev.binnacle.mesh.ir.RouteAction.Forward;
import dev.binnacle.mesh.ir.RouteAction.Mirror;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.ProxyRenderer;
import dev.binnacle.mesh.xds.ProxyResources;
import dev.binnacle.mesh.xds.ResourcesJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every input. */
class TranslationPropertiesTest {
    static List<String> cases() throws IOException {
        return GoldenCases.names();
    }

    /** Each document in its own file, so that their order can be changed without changing what they say. */
    private static List<ManifestFile> documents(String name) throws IOException {
        var result = new ArrayList<ManifestFile>();
        for (var file : GoldenCases.input(name)) {
            int number = 0;
            for (String document : file.text().split("(?m)^---$", -1)) {
                result.add(new ManifestFile(file.name() + "-" + String.format("%03d", number++), document));
            }
        }
        return result;
    }

    private static Map<String, ProxyResources> resources(List<ManifestFile> files) {
        var manifests = Translation.read(files).value();
        return Translation.translate(manifests, Translation.plan(manifests)).value();
    }

    private static Map<String, List<Integer>> bytes(Map<String, ProxyResources> resources) {
        return resources.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> {
            var hashes = new ArrayList<Integer>();
            e.getValue().listeners().forEach(m -> hashes.add(m.toByteString().hashCode()));
            e.getValue().routes().forEach(m -> hashes.add(m.toByteString().hashCode()));
            e.getValue().clusters().forEach(m -> hashes.add(m.toByteString().hashCode()));
            e.getValue().endpoints().forEach(m -> hashes.add(m.toByteString().hashCode()));
            return hashes;
        }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfFilesChangesNothing(String name) throws IOException {
        var files = documents(name);
        var expected = resources(files);
        var shuffled = new ArrayList<>(files);
        Collections.shuffle(shuffled, new Random(1));
        var actual = resources(shuffled);
        assertThat(actual).isEqualTo(expected);
        assertThat(bytes(actual)).isEqualTo(bytes(expected));
        assertThat(Translation.check(shuffled)).isEqualTo(Translation.check(files));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everythingThatIsNamedExists(String name) throws IOException {
        var manifests = Translation.read(GoldenCases.input(name)).value();
        var mesh = Translation.compile(manifests, Translation.plan(manifests)).value();
        assertThat(mesh.proxies()).allSatisfy(proxy -> assertReferences(proxy, manifests));
        // Printing takes its time: one proxy of each case has every kind of thing that the case is about often enough.
        mesh.proxies().stream()
                .skip(mesh.proxies().size() / 2)
                .findFirst()
                .ifPresent(printed -> assertThat(ResourcesJson.json(ProxyRenderer.render(printed, mesh.settings())))
                        .isNotEmpty());
    }

    private static void assertReferences(ProxyIr proxy, Manifests manifests) {
        var clusters = proxy.clusters().stream().map(Cluster::name).toList();
        assertThat(clusters).doesNotHaveDuplicates();
        assertThat(proxy.listeners()).extracting(Listener::name).doesNotHaveDuplicates();
        for (var table : proxy.routeTables()) {
            assertThat(table.virtualHosts().stream().flatMap(h -> h.domains().stream()))
                    .doesNotHaveDuplicates();
        }
        assertThat(clusters)
                .containsAll(
                        named(proxy).filter(name -> isDefined(name, manifests)).toList());
    }

    /** Returns the name of every cluster that something is sent to. Envoy's own check is off, as it is over RDS. */
    private static Stream<String> named(ProxyIr proxy) {
        var byRequest = proxy.routeTables().stream()
                .flatMap(table -> table.virtualHosts().stream())
                .flatMap(host -> host.routes().stream())
                .flatMap(route -> route.action() instanceof Forward forward ? named(forward) : Stream.empty());
        var byConnection = proxy.listeners().stream()
                .flatMap(listener -> switch (listener) {
                    case Listener.OutboundTcp outbound -> outbound.routes().stream();
                    case Listener.Gateway gateway ->
                        gateway.chains().stream()
                                .flatMap(chain -> chain.content() instanceof GatewayChain.Content.Bytes(TcpRoute route)
                                        ? Stream.of(route)
                                        : Stream.empty());
                    default -> Stream.<TcpRoute>empty();
                })
                .flatMap(route -> route.targets().stream().map(TcpRoute.Target::cluster));
        return Stream.concat(byRequest, byConnection);
    }

    private static Stream<String> named(Forward forward) {
        assertThat(forward.destinations()).isNotEmpty();
        return Stream.concat(
                forward.destinations().stream().map(Destination::cluster),
                forward.mirrors().stream().map(Mirror::cluster));
    }

    /** A destination that nobody defines is named all the same: as in Istio, its requests get 503 (NC). */
    private static boolean isDefined(String cluster, Manifests manifests) {
        String[] parts = cluster.split("\\|", -1);
        if (parts.length == 1) {
            return false; // Gateway API: a backend that there is not
        }
        boolean port = manifests.services().stream()
                .anyMatch(s -> s.host().equals(parts[3])
                        && s.port(Integer.parseInt(parts[1])).isPresent());
        boolean subset = manifests.destinationRules().stream()
                .anyMatch(rule -> rule.clients().isEmpty()
                        && parts[3].startsWith(rule.host().text())
                        && rule.subset(parts[2]).isPresent());
        return port && (parts[2].isEmpty() || subset);
    }

    @Test
    void routesAndEndpointsChangeNoListenerAndNoCluster() throws IOException {
        var before = resources(GoldenCases.input("canary"));
        var changed = GoldenCases.input("canary").stream()
                .map(f -> new ManifestFile(
                        f.name(),
                        f.text().replace("weight: 80", "weight: 50").replace("# Weights", "# A comment\n# more")))
                .toList();
        var manifests = Translation.read(changed).value();
        var plan = Translation.plan(manifests);
        var fewer = new MeshTopology(
                plan.trustDomain(),
                plan.base(),
                plan.pods().stream()
                        .map(p -> p.workload().equals("catalog-v2") ? p.withReady(false) : p)
                        .toList(),
                plan.hosts());
        var after = Translation.translate(manifests, fewer).value();
        assertThat(after.get("storefront-0.default").listeners())
                .isEqualTo(before.get("storefront-0.default").listeners());
        assertThat(after.get("storefront-0.default").clusters())
                .isEqualTo(before.get("storefront-0.default").clusters());
        assertThat(after.get("storefront-0.default").routes())
                .isNotEqualTo(before.get("storefront-0.default").routes());
        assertThat(after.get("storefront-0.default").endpoints())
                .isNotEqualTo(before.get("storefront-0.default").endpoints());
    }

    @Test
    void publishedPortsOfAGatewayAreOpenElsewhereToo() throws IOException {
        var manifests = Translation.read(GoldenCases.input("gateway-listener")).value();
        var plan = Translation.plan(manifests);
        var published = plan.pods().stream()
                .map(p -> p.workload().equals("ingress") ? withPublished(p) : p)
                .toList();
        var resources = Translation.translate(
                        manifests, new MeshTopology(plan.trustDomain(), plan.base(), published, plan.hosts()))
                .value()
                .get("ingress-0.istio-system");
        assertThat(resources.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.getEnableReusePort().getValue()).isFalse();
            var also = listener.getAdditionalAddresses(0).getAddress().getSocketAddress();
            assertThat(also.getAddress() + ":" + also.getPortValue()).isEqualTo("127.0.0.1:8000");
        });
    }

    private static Pod withPublished(Pod pod) {
        return new Pod(
                pod.name(),
                pod.namespace(),
                pod.workload(),
                pod.kind(),
                pod.index(),
                pod.labels(),
                pod.serviceAccount(),
                pod.podIp(),
                pod.appIp(),
                pod.ready(),
                pod.ports(),
                Map.of(8080, "127.0.0.1:8000"));
    }

    @Test
    void aHostWithoutNumberHasNoListenerAndAWarning() throws IOException {
        var manifests = Translation.read(GoldenCases.input("canary")).value();
        var plan = Translation.plan(manifests);
        var without = new MeshTopology(plan.trustDomain(), plan.base(), plan.pods(), Map.of());
        var mesh = Translation.compile(manifests, without);
        assertThat(mesh.diagnostics()).extracting(Diagnostic::code).contains("BNC-701");
        assertThat(sidecar(mesh.value()).listeners()).noneMatch(l -> l instanceof Listener.OutboundHttp);
        assertThat(sidecar(mesh.value()).listeners()).anyMatch(l -> l instanceof Listener.HttpProxy);
    }

    private static ProxyIr sidecar(MeshIr mesh) {
        return mesh.proxy("storefront-0.default").orElseThrow();
    }

    /** Seeded mutations of real manifests: whatever comes out, nothing is thrown and Envoy's classes accept it. */
    @ParameterizedTest
    @MethodSource("cases")
    void noInputThrows(String name) throws IOException {
        var random = new Random(name.hashCode());
        var files = GoldenCases.input(name);
        // What is rendered already is not rendered again while someone holds it.
        var held = resources(files);
        for (int i = 0; i < MUTATIONS; i++) {
            var mutated = files.stream()
                    .map(f -> new ManifestFile(f.name(), mutate(f.text(), random)))
                    .toList();
            assertThatCode(() -> {
                        Translation.check(mutated);
                        resources(mutated);
                    })
                    .as(() -> mutated.getFirst().text())
                    .doesNotThrowAnyException();
        }
        assertThat(held).isNotNull();
    }

    private static final int MUTATIONS = 10;

    private static final List<String> SPLINTERS = List.of(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "\n",
            "\"",
            "'",
            "*a",
            "&a ",
            "!!int ",
            "!x ",
            "~",
            "null",
            "on",
            "0x",
            "-1",
            "99999999999999999999",
            "1e400",
            "\t",
            "\u0000",
            "\uD800",
            "\uFEFF",
            "%",
            "#",
            "|",
            ">\n",
            "<<: ",
            "---\n",
            "{}",
            "[]",
            "? ",
            "@",
            "`",
            "*",
            "7",
            "é",
            "spec",
            "name");

    /** Damages single characters, or whole lines, whose parts then stand in the wrong place but are right by themselves. */
    private static String mutate(String text, Random random) {
        return random.nextBoolean() ? splintered(text, random) : reshuffled(text, random);
    }

    private static String splintered(String text, Random random) {
        var result = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(result.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> result.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
                case 1 -> result.delete(at, Math.min(result.length(), at + 1 + random.nextInt(12)));
                default -> {
                    int end = Math.min(result.length(), at + 1 + random.nextInt(8));
                    result.replace(at, end, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
                }
            }
        }
        return result.toString();
    }

    private static String reshuffled(String text, Random random) {
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                default -> lines.set(at, lines.get(at).replaceFirst(": .*", ": " + oneOf(SPLINTERS, random)));
            }
            if (lines.isEmpty()) {
                return "";
            }
        }
        return String.join("\n", lines);
    }

    private static String oneOf(List<String> words, Random random) {
        return Matcher.quoteReplacement(words.get(random.nextInt(words.size())));
    }
}
