package dev.binnacle.mesh.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.golden.GoldenCases;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.topology.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViewsTest {
    private static final String SERVER =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: server, namespace: default}
            spec:
              selector: {app: server}
              ports: [{name: http, port: 8080}, {name: tcp, port: 9000}]
            ---
            """ + deployment("server", "{app: server, topology.istio.io/locality: east.a}");

    static Stream<List<ManifestFile>> inputs() throws IOException {
        var golden = GoldenCases.names().stream().map(ViewsTest::golden);
        try (var folders = Files.list(Path.of("src/test/resources/istio"))) {
            var compared = folders.map(folder -> folder.resolve("input.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
            return Stream.concat(
                    golden, compared.stream().map(file -> List.of(new ManifestFile(file.toString(), text(file)))));
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aPodIsToldTheSameWhetherOthersAreToldItTooOrNot(List<ManifestFile> files) {
        var manifests = Translation.read(files).value();
        var topology = Translation.plan(manifests);
        var shared = Compilation.of(manifests, topology).mesh();
        var alone = MeshCompiler.compile(Memory.of(manifests, topology, Optional.empty()), Pod::id)
                .mesh();
        assertThat(shared.proxies()).isEqualTo(alone.proxies());
    }

    @Test
    void whatTheRulesAskForTellsPodsApart() {
        var one = deployment("one", "{app: one}");
        assertThat(shareClusters(one, deployment("two", "{app: two}"), "")).isTrue();
        assertThat(shareClusters(one, deployment("two", "{app: two, topology.istio.io/locality: east.b}"), ""))
                .as("a locality")
                .isFalse();
        assertThat(shareClusters(
                        one, deployment("two", "{app: two}"), rule("workloadSelector: {matchLabels: {app: two}}")))
                .as("a selector of clients")
                .isFalse();
        assertThat(shareClusters(
                        one,
                        deployment("two", "{app: two}"),
                        rule(
                                "trafficPolicy: {portLevelSettings: [{port: {number: 8080}, outlierDetection: {}, loadBalancer:"
                                        + " {localityLbSetting: {failoverPriority: [app=two, app]}}}]}")))
                .as("a priority by label")
                .isFalse();
        assertThat(shareClusters(one, deployment("two", "{app: two}"), """
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: server, namespace: default}
                        spec:
                          hosts: [server]
                          tcp: [{match: [{sourceLabels: {app: two}}], route: [{destination: {host: server, port: {number: 8080}}}]}]
                        """))
                .as("a source of connections")
                .isFalse();
    }

    private static boolean shareClusters(String one, String two, String rules) {
        var manifests = Translation.read(
                        List.of(new ManifestFile("mesh.yaml", String.join("---\n", SERVER, one, two, rules))))
                .value();
        var mesh = Compilation.of(manifests, Translation.plan(manifests)).mesh();
        return mesh.proxy("one-0.default").map(ProxyIr::outbound).orElseThrow()
                == mesh.proxy("two-0.default").map(ProxyIr::outbound).orElseThrow();
    }

    private static String rule(String spec) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: server, namespace: default}
                spec:
                  host: server
                """ + "  " + spec + "\n";
    }

    private static String deployment(String name, String labels) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: default}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: %2$s}
                    spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
                """.formatted(name, labels);
    }

    private static List<ManifestFile> golden(String name) {
        try {
            return GoldenCases.input(name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
