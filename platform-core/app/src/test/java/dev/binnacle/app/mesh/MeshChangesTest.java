package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.app.mesh.ChangeOutcome.Done;
import dev.binnacle.app.mesh.ChangeOutcome.Invalid;
import dev.binnacle.app.mesh.ChangeOutcome.Missing;
import dev.binnacle.app.mesh.ChangeOutcome.NoAddress;
import dev.binnacle.app.mesh.ChangeOutcome.NotStored;
import dev.binnacle.app.mesh.ChangeOutcome.NotTaken;
import dev.binnacle.app.mesh.ChangeOutcome.ProxyAnswer;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.xds.ObedientProxy;
import dev.binnacle.xds.ProxyStatus;
import dev.binnacle.xds.XdsType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshChangesTest {
    private static final ResourceRef CATALOG = new ResourceRef("Service", "default", "catalog");

    private final Map<String, ObedientProxy> proxies = new TreeMap<>();
    private @TempDir Path folder;
    private TestMesh mesh;

    @BeforeEach
    void start() throws IOException {
        TestMesh.write(folder);
        mesh = new TestMesh(folder);
        for (Pod pod : mesh.controller().state().envoys()) {
            proxies.put(pod.id(), new ObedientProxy(mesh.server().port(), pod.nodeId()));
        }
        await().until(() -> mesh.server().proxies().stream().allMatch(ProxyStatus::synced));
    }

    @AfterEach
    void stop() {
        proxies.values().forEach(ObedientProxy::close);
        mesh.close();
    }

    @Test
    void anAppliedChangeIsWithEveryProxyWhenItReturns() throws Exception {
        var outcome = mesh.apply(TestMesh.service("catalog", 9090));

        assertThat(outcome).isInstanceOfSatisfying(Done.class, done -> {
            assertThat(names(done.effects())).containsExactly(CATALOG);
            assertThat(done.proxies()).extracting(ProxyAnswer::state).containsOnly("acked");
            assertThat(done.proxies()).extracting(ProxyAnswer::proxy).isSorted().hasSize(3);
        });
        assertThat(proxies.get(TestMesh.WEB).held(XdsType.CLUSTER).keySet())
                .anyMatch(name -> name.startsWith("outbound|9090|") && name.contains("catalog"));
        assertThat(overlayFiles()).containsExactly("0001-apply.yaml");
    }

    @Test
    void applyingTheSameAgainChangesNothing() throws Exception {
        mesh.apply(TestMesh.service("catalog", 9090));
        int before = proxies.get(TestMesh.WEB).received();

        var outcome = mesh.apply(TestMesh.service("catalog", 9090));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Done.class,
                        done -> assertThat(done.proxies())
                                .extracting(ProxyAnswer::state)
                                .containsOnly("unchanged"));
        assertThat(proxies.get(TestMesh.WEB).received()).isEqualTo(before);
        assertThat(overlayFiles()).containsExactly("0001-apply.yaml");
    }

    @Test
    void onlyTheDocumentsThatDifferAreWritten() throws Exception {
        var outcome = mesh.apply(TestMesh.service("web", 8080) + TestMesh.service("catalog", 9090));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Done.class,
                        done -> assertThat(names(done.effects()))
                                .containsExactly(CATALOG, new ResourceRef("Service", "default", "web")));
        assertThat(mesh.overlays().resolve("0001-apply.yaml"))
                .content()
                .startsWith("# given.yaml:13\n---\n")
                .contains("name: catalog")
                .doesNotContain("name: web");
    }

    @Test
    void everyProblemIsToldAtOnceWithTheUsersOwnLines() throws Exception {
        var outcome = mesh.apply(TestMesh.service("catalog", 9090) + """
                          ---
                          apiVersion: v1
                          kind: Service
                          metadata:
                            name: Bad_Name
                          spec:
                            ports: []
                          ---
                          apiVersion: v1
                          kind: Service
                          metadata:
                            name: other
                          spec:
                            prots: []
                          """);

        assertThat(outcome).isInstanceOfSatisfying(Invalid.class, invalid -> {
            assertThat(invalid.diagnostics()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(invalid.diagnostics()).allMatch(d -> d.file().equals("given.yaml"));
            assertThat(invalid.diagnostics()).anyMatch(d -> d.message().contains("Bad_Name") && d.line() >= 13);
            assertThat(invalid.diagnostics())
                    .anyMatch(d -> d.message().contains("prots") || d.path().contains("prots"));
        });
        assertThat(overlayFiles()).isEmpty();
    }

    @Test
    void anErrorElsewhereThatWasThereBeforeDoesNotBlock() throws Exception {
        stop();
        Files.writeString(TestMesh.manifests(folder).resolve("broken.yaml"), "kind: [");
        mesh = new TestMesh(folder);
        proxies.clear();
        assertThat(mesh.controller().state().errors()).isPositive();

        assertThat(mesh.make(ChangeRequest.Kind.APPLY, TestMesh.service("catalog", 9090), true, Duration.ofSeconds(1)))
                .isInstanceOf(Done.class);
    }

    @Test
    void aRefusalTakesTheChangeBack() throws Exception {
        var before = proxies.get(TestMesh.WEB).held();
        proxies.get(TestMesh.WEB).refuse(r -> r.getName().startsWith("outbound|9090|"), "no such port on this ship");

        assertThat(mesh.apply(TestMesh.service("catalog", 9090))).isInstanceOfSatisfying(NotTaken.class, refused -> {
            assertThat(refused.reverted()).isTrue();
            assertThat(refused.proxies())
                    .filteredOn(p -> p.state().equals("rejected"))
                    .singleElement()
                    .satisfies(p -> {
                        assertThat(p.proxy()).isEqualTo(TestMesh.WEB);
                        assertThat(p.detail())
                                .hasValueSatisfying(detail -> assertThat(detail)
                                        .contains("outbound|9090|")
                                        .contains("no such port on this ship"));
                    });
        });
        assertThat(overlayFiles()).isEmpty();
        await().until(() -> mesh.server().proxies().stream().allMatch(ProxyStatus::synced));
        assertThat(proxies.get(TestMesh.WEB).held()).isEqualTo(before);
    }

    @Test
    void aSilentProxyIsNamedAndTheChangeStays() throws Exception {
        proxies.get(TestMesh.WEB).fallSilent();

        var outcome =
                mesh.make(ChangeRequest.Kind.APPLY, TestMesh.service("catalog", 9090), false, Duration.ofMillis(500));

        assertThat(outcome).isInstanceOfSatisfying(NotTaken.class, late -> {
            assertThat(late.reverted()).isFalse();
            assertThat(late.proxies())
                    .filteredOn(p -> p.state().equals("timeout"))
                    .extracting(ProxyAnswer::proxy)
                    .containsExactly(TestMesh.WEB);
        });
        assertThat(overlayFiles()).containsExactly("0001-apply.yaml");
    }

    @Test
    void aNewHostWaitsForItsAddress() throws Exception {
        try (var launcher = Executors.newSingleThreadScheduledExecutor()) {
            launcher.scheduleWithFixedDelay(mesh.controller()::refresh, 0, 20, TimeUnit.MILLISECONDS);
            var result =
                    CompletableFuture.supplyAsync(() -> quietly(() -> mesh.apply(TestMesh.service("orders", 8080))));
            await().until(() -> overlayFiles().equals(List.of("0001-apply.yaml")));
            assertThat(result).isNotDone();

            mesh.numberHosts("orders.default.svc.cluster.local");

            assertThat(result.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Done.class,
                            done -> assertThat(done.proxies())
                                    .extracting(ProxyAnswer::state)
                                    .containsOnly("acked"));
            launcher.shutdownNow();
        }
        assertThat(mesh.controller().state().proxies().get(TestMesh.WEB).hosts())
                .containsKey("orders");
    }

    @Test
    void aNewHostWithoutAddressIsTakenBack() throws Exception {
        var outcome =
                mesh.make(ChangeRequest.Kind.APPLY, TestMesh.service("orders", 8080), false, Duration.ofMillis(200));

        assertThat(outcome).isEqualTo(new NoAddress(List.of("orders.default.svc.cluster.local")));
        assertThat(overlayFiles()).isEmpty();
        assertThat(mesh.controller().state().sources().overlays()).isEmpty();
    }

    @Test
    void aDryRunWritesAndSendsNothing() throws Exception {
        int before = proxies.get(TestMesh.WEB).received();

        var outcome =
                mesh.make(ChangeRequest.Kind.APPLY, TestMesh.service("catalog", 9090), true, Duration.ofSeconds(1));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Done.class, done -> assertThat(names(done.effects())).containsExactly(CATALOG));
        assertThat(overlayFiles()).isEmpty();
        assertThat(proxies.get(TestMesh.WEB).received()).isEqualTo(before);
    }

    @Test
    void whatCannotBeStoredIsSaidAndNothingChanges() throws Exception {
        Files.createDirectories(mesh.overlays().resolve("0001-apply.yaml.part/in-the-way"));

        var outcome = mesh.apply(TestMesh.service("catalog", 9090));

        assertThat(outcome).isInstanceOfSatisfying(NotStored.class, full -> {
            assertThat(full.reason()).contains("0001-apply.yaml.part");
            assertThat(full.folder()).isEqualTo(mesh.overlays().toString());
        });
        assertThat(overlayFiles()).containsExactly("0001-apply.yaml.part");
        assertThat(mesh.controller().state().sources().overlays()).isEmpty();
    }

    @Test
    void whatIsDeletedIsGoneAndStaysGoneAfterARestart() throws Exception {
        var outcome = mesh.delete(TestMesh.service("catalog", 8080));

        assertThat(outcome).isInstanceOf(Done.class);
        assertThat(overlayFiles()).containsExactly("0001-delete.yaml");
        assertThat(proxies.get(TestMesh.WEB).held(XdsType.CLUSTER).keySet()).noneMatch(n -> n.contains("catalog"));
        try (var again = new TestMesh(folder)) {
            assertThat(again.controller().state().manifests().services())
                    .extracting(s -> s.ref().name())
                    .containsExactly("web");
        }
    }

    @Test
    void whatWasOnlyAppliedLeavesNoTraceWhenDeleted() throws Exception {
        mesh.numberHosts("orders.default.svc.cluster.local");
        mesh.controller().refresh();
        mesh.apply(TestMesh.service("orders", 8080));

        assertThat(mesh.delete(TestMesh.service("orders", 8080))).isInstanceOf(Done.class);

        assertThat(overlayFiles()).isEmpty();
        assertThat(mesh.controller().state().sources().overlays()).isEmpty();
    }

    @Test
    void whatDoesNotExistCannotBeDeleted() throws Exception {
        assertThat(mesh.delete(TestMesh.service("nobody", 1)))
                .isEqualTo(new Missing(List.of(new ResourceRef("Service", "default", "nobody")), List.of()));
    }

    @Test
    void aRestartedApplicationSendsNothing() throws Exception {
        mesh.apply(TestMesh.service("catalog", 9090));
        var versions = versions(mesh);
        var memory = proxies.get(TestMesh.WEB).held();
        String node = mesh.node(TestMesh.WEB);
        mesh.close();

        try (var again = new TestMesh(folder);
                var reconnected = new ObedientProxy(again.server().port(), node, memory)) {
            assertThat(versions(again)).isEqualTo(versions);
            await().until(() ->
                    again.server().proxies().stream().anyMatch(p -> p.proxy().equals(TestMesh.WEB) && p.synced()));
            assertThat(reconnected.received()).isZero();
        }
    }

    @Test
    void changesAskedForTogetherAreMadeOneAfterTheOther() throws Exception {
        var results = new ArrayList<CompletableFuture<ChangeOutcome>>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String text = TestMesh.service("catalog", 9000 + i);
                results.add(CompletableFuture.supplyAsync(() -> quietly(() -> mesh.apply(text)), pool));
            }
        }

        assertThat(results).allMatch(r -> r.join() instanceof Done);
        assertThat(overlayFiles()).containsExactly("0008-apply.yaml");
    }

    @Test
    void aBurstOfEditsEndsInTheLastStateWithFewPushes() throws Exception {
        int edits = 1000;
        var file = TestMesh.manifests(folder).resolve("edited.yaml");
        var next = folder.resolve("edited.yaml.next");
        int before = proxies.get(TestMesh.WEB).received();
        try (var poller = Executors.newSingleThreadScheduledExecutor()) {
            poller.scheduleWithFixedDelay(() -> mesh.controller().refresh(), 0, 100, TimeUnit.MILLISECONDS);
            for (int i = 1; i <= edits; i++) {
                Files.writeString(next, TestMesh.service("edited", i));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            }
            await().until(() -> proxies.get(TestMesh.WEB).held(XdsType.CLUSTER).keySet().stream()
                    .anyMatch(name -> name.startsWith("outbound|" + edits + "|")));
            poller.shutdownNow();
        }

        assertThat(proxies.get(TestMesh.WEB).held(XdsType.CLUSTER).keySet())
                .filteredOn(name -> name.contains("edited"))
                .hasSize(1);
        assertThat(proxies.get(TestMesh.WEB).received() - before).isLessThan(edits / 20);
    }

    @Test
    void readinessOfAPodReachesTheProxies() throws Exception {
        var topology = mesh.controller().state().topology().orElseThrow();
        TestMesh.writeTopology(
                folder,
                new dev.binnacle.mesh.topology.MeshTopology(
                        topology.trustDomain(),
                        topology.base(),
                        topology.pods().stream()
                                .map(p -> p.withReady(!p.name().equals("catalog-v1-0")))
                                .toList(),
                        topology.hosts()));

        mesh.controller().refresh();

        await().until(() -> mesh.server().proxies().stream().allMatch(ProxyStatus::synced));
        assertThat(mesh.controller().state().proxies().get(TestMesh.WEB).endpoints())
                .filteredOn(e -> e.getClusterName().startsWith("outbound|8080||catalog"))
                .singleElement()
                .satisfies(e -> assertThat(e.toString()).contains("127.16.16.2").doesNotContain("127.16.16.1\""));
    }

    @Test
    void aManifestChangedForTheWorseIsReportedAndNotTakenOver() throws Exception {
        var file = TestMesh.manifests(folder).resolve("catalog.yaml");
        Files.writeString(file, Files.readString(file) + "---\nkind: [\n");

        mesh.controller().refresh();
        mesh.controller().refresh();

        assertThat(mesh.controller().rejected()).isNotEmpty();
        assertThat(mesh.controller().state().errors()).isZero();
        assertThat(mesh.controller().state().manifests().services()).hasSize(2);
    }

    @Test
    void aManifestChangedForTheBetterIsTakenOver() throws Exception {
        Files.writeString(TestMesh.manifests(folder).resolve("more.yaml"), TestMesh.service("more", 80));

        mesh.controller().refresh();
        mesh.controller().refresh();

        assertThat(mesh.controller().state().manifests().services()).hasSize(3);
    }

    private static List<ResourceRef> names(List<ChangeOutcome.Effect> effects) {
        return effects.stream().map(ChangeOutcome.Effect::resource).toList();
    }

    private List<String> overlayFiles() throws IOException {
        if (!Files.isDirectory(mesh.overlays())) {
            return List.of();
        }
        try (var files = Files.list(mesh.overlays())) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, List<String>> versions(TestMesh mesh) {
        var versions = new TreeMap<String, List<String>>();
        mesh.server()
                .proxies()
                .forEach(p -> versions.put(
                        p.proxy(),
                        List.of(XdsType.values()).stream()
                                .map(type -> Optional.ofNullable(p.types().get(type))
                                        .map(ProxyStatus.TypeStatus::version)
                                        .orElse(""))
                                .toList()));
        return versions;
    }

    private static <T> T quietly(java.util.concurrent.Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
