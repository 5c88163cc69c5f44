package dev.binnacle.mesh.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translated;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompilationTest {
    private static final String MESH = """
            apiVersion: v1
            kind: Service
            metadata: {name: one, namespace: default}
            spec: {selector: {app: one}, ports: [{name: http, port: 8080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: two, namespace: default}
            spec: {selector: {app: two}, ports: [{name: http, port: 8080}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: one, namespace: default}
            spec:
              selector: {matchLabels: {app: one}}
              template:
                metadata: {labels: {app: one}}
                spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: two, namespace: default}
            spec:
              selector: {matchLabels: {app: two}}
              template:
                metadata: {labels: {app: two}}
                spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
            """;
    private static final String RULE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: one, namespace: default}
            spec: {hosts: [one], http: [{timeout: 3s, route: [{destination: {host: one}}]}]}
            """;

    @ParameterizedTest
    @MethodSource("dev.binnacle.mesh.compile.ViewsTest#inputs")
    void aMeshThatChangesIsToldTheSameAsOneThatWasSoFromTheBeginning(List<ManifestFile> files) {
        var all = Translation.read(files).value();
        var topology = Translation.plan(all);
        var changing = Translated.of(all, topology);
        for (Pod pod : topology.pods().stream().limit(1).toList()) {
            changing = changing.next(all, with(topology, pod.withReady(false)));
            isAsFromNothing(changing, all, with(topology, pod.withReady(false)));
        }
        for (ResourceRef ref : someRulesAndSomethingElse(all)) {
            var fewer = all.without(List.of(ref));
            changing = changing.next(fewer, topology);
            isAsFromNothing(changing, fewer, topology);
            changing = changing.next(all, topology);
        }
        isAsFromNothing(changing, all, topology);
    }

    private static void isAsFromNothing(Translated translated, Manifests manifests, MeshTopology topology) {
        var fresh = Translated.of(manifests, topology);
        assertThat(translated.proxies()).isEqualTo(fresh.proxies());
        assertThat(translated.diagnostics()).isEqualTo(fresh.diagnostics());
    }

    /** Only VirtualServices change on the same ground, so one that changes the ground will do. */
    private static List<ResourceRef> someRulesAndSomethingElse(Manifests manifests) {
        var refs = manifests.resources().stream().map(Resource::ref).toList();
        var rules =
                refs.stream().filter(ref -> ref.kind().equals("VirtualService")).limit(3);
        var others = refs.stream()
                .filter(ref -> !ref.kind().equals("VirtualService"))
                .limit(1);
        return Stream.concat(rules, others).toList();
    }

    private static MeshTopology with(MeshTopology topology, Pod changed) {
        return topology.withPods(topology.pods().stream()
                .map(pod -> pod.id().equals(changed.id()) ? changed : pod)
                .toList());
    }

    @Test
    void whatAChangeDoesNotConcernIsTakenOverAsItIs() {
        var plain = read(MESH);
        var topology = Translation.plan(plain);
        var before = Compilation.of(plain, topology);
        var ruled = before.next(read(MESH + "---\n" + RULE), topology);
        assertThat(one(ruled).outbound()).isSameAs(one(before).outbound());
        assertThat(one(ruled).listeners()).isSameAs(one(before).listeners());
        assertThat(one(ruled).routeTables()).isNotEqualTo(one(before).routeTables());

        var later = before.next(plain, with(topology, topology.pods().getLast().withReady(false)));
        assertThat(one(later).routeTables()).isSameAs(one(before).routeTables());
        assertThat(one(later).listeners()).isSameAs(one(before).listeners());
        assertThat(cluster(later, "outbound|8080||one.default.svc.cluster.local"))
                .isSameAs(cluster(before, "outbound|8080||one.default.svc.cluster.local"));
        assertThat(cluster(later, "outbound|8080||two.default.svc.cluster.local"))
                .isNotEqualTo(cluster(before, "outbound|8080||two.default.svc.cluster.local"));
    }

    private static Manifests read(String yaml) {
        return Translation.read(List.of(new ManifestFile("mesh.yaml", yaml))).value();
    }

    private static ProxyIr one(Compilation compilation) {
        MeshIr mesh = compilation.mesh();
        return mesh.proxy("one-0.default").orElseThrow();
    }

    private static Object cluster(Compilation compilation, String name) {
        return one(compilation).outbound().stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
