package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.app.mesh.ChangeOutcome.Done;
import dev.binnacle.app.mesh.ChangeOutcome.Fate;
import dev.binnacle.app.mesh.ChangeOutcome.Invalid;
import dev.binnacle.app.mesh.ChangeOutcome.Missing;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code delete} undoes, and what it takes away. */
class DeletionTest {
    private static final String CATALOG = TestMesh.service("catalog", 8080);
    private static final String OTHER_CATALOG = TestMesh.service("catalog", 9090);
    private static final String ORDERS = TestMesh.service("orders", 8080);
    private static final String PAYMENTS = TestMesh.service("payments", 8080);
    private static final String WEB = TestMesh.service("web", 8080);
    private static final String OTHER_WEB = TestMesh.service("web", 9090);

    private @TempDir Path folder;
    private MeshController controller;
    private MeshState untouched;

    @BeforeEach
    void start() throws IOException {
        TestMesh.write(folder);
        controller = started();
        untouched = controller.state();
    }

    @Test
    void whatWasAppliedOverAManifestIsTakenBack() throws Exception {
        apply(OTHER_CATALOG);

        assertThat(fates(delete(OTHER_CATALOG))).isEqualTo(Map.of("catalog", Fate.RESTORED));

        assertUntouched();
    }

    @Test
    void itTellsWhereTheManifestSpeaksOfIt() throws Exception {
        apply(OTHER_CATALOG);

        assertThat(delete(OTHER_CATALOG))
                .isInstanceOfSatisfying(
                        Done.class,
                        done -> assertThat(done.effects().getFirst().manifest())
                                .hasValueSatisfying(
                                        origin -> assertThat(origin.file()).endsWith("catalog.yaml")));
    }

    @Test
    void deletedTwiceTheSecondTimeFindsNothing() throws Exception {
        apply(OTHER_CATALOG);
        delete(OTHER_CATALOG);

        assertThat(delete(OTHER_CATALOG)).isInstanceOfSatisfying(Missing.class, missing -> {
            assertThat(missing.absent()).isEmpty();
            assertThat(missing.other()).extracting(e -> e.resource().name()).containsExactly("catalog");
        });
        assertUntouched();
    }

    @Test
    void aScenarioThatWasNeverAppliedTakesNothingAway() throws Exception {
        assertThat(delete(OTHER_CATALOG + WEB + ORDERS)).isInstanceOf(Missing.class);
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"itself", "by name"})
    void whatTheManifestsHoldIsDeletedByItsOwnFileOrByName(String how) throws Exception {
        String named = "apiVersion: v1\nkind: Service\nmetadata: {name: catalog, namespace: default}\n";

        assertThat(fates(delete(how.equals("itself") ? CATALOG : named))).isEqualTo(Map.of("catalog", Fate.DELETED));

        assertThat(services(controller.state())).containsExactly("web 8080");
        assertThat(services(started().state())).containsExactly("web 8080");
    }

    @Test
    void whatWasDeletedAndAppliedAgainIsTheManifestsOwn() throws Exception {
        delete(CATALOG);
        apply(CATALOG);

        assertThat(fates(delete(CATALOG))).isEqualTo(Map.of("catalog", Fate.DELETED));
    }

    @Test
    void applyingTheManifestsOwnFileBringsThemBackToo() throws Exception {
        apply(OTHER_CATALOG + ORDERS);
        delete(WEB);

        apply(CATALOG + WEB);

        assertThat(services(controller.state())).containsExactly("catalog 8080", "orders 8080", "web 8080");
        delete(ORDERS);
        assertUntouched();
    }

    @Test
    void whatWasDeletedAndAppliedOtherwiseComesBackAsTheManifestsHaveIt() throws Exception {
        delete(CATALOG);
        apply(OTHER_CATALOG);

        assertThat(fates(delete(OTHER_CATALOG))).isEqualTo(Map.of("catalog", Fate.RESTORED));
        assertUntouched();
    }

    @Test
    void eachResourceOfAScenarioGoesWhereItCameFrom() throws Exception {
        apply(OTHER_CATALOG + ORDERS + WEB);

        assertThat(fates(delete(OTHER_CATALOG + ORDERS + WEB)))
                .isEqualTo(Map.of("catalog", Fate.RESTORED, "orders", Fate.DELETED, "web", Fate.LEFT));
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scenariosThatOverlapAreUndoneInAnyOrder(boolean lastFirst) throws Exception {
        String first = OTHER_CATALOG + ORDERS;
        String last = TestMesh.service("catalog", 7070) + ORDERS + OTHER_WEB + PAYMENTS;
        apply(first);
        apply(last);

        assertThat(fates(delete(lastFirst ? last : first)))
                .containsEntry("catalog", Fate.RESTORED)
                .containsEntry("orders", Fate.DELETED);
        if (!lastFirst) {
            assertThat(fates(delete(last)))
                    .isEqualTo(Map.of(
                            "catalog", Fate.LEFT,
                            "orders", Fate.ABSENT,
                            "payments", Fate.DELETED,
                            "web", Fate.RESTORED));
        }
        assertUntouched();
    }

    @Test
    void halfOfTheFilesUndoesHalfAlsoOverARestart() throws Exception {
        apply(OTHER_CATALOG + OTHER_WEB + ORDERS);

        assertThat(fates(delete(OTHER_CATALOG + ORDERS)))
                .isEqualTo(Map.of("catalog", Fate.RESTORED, "orders", Fate.DELETED));
        assertThat(services(controller.state())).containsExactly("catalog 8080", "web 9090");

        controller = started();
        assertThat(services(controller.state())).containsExactly("catalog 8080", "web 9090");
        assertThat(fates(delete(OTHER_CATALOG + OTHER_WEB + ORDERS)))
                .isEqualTo(Map.of("catalog", Fate.LEFT, "orders", Fate.ABSENT, "web", Fate.RESTORED));
        assertUntouched();
    }

    @Test
    void aKillAtAnyMomentOfTidyingLeavesItUndone() throws Exception {
        apply(OTHER_CATALOG);
        apply(TestMesh.service("catalog", 7070) + ORDERS);
        var store = controller.overlays();
        store.write(store.next(
                OverlayKind.RESTORE,
                OverlayText.restoring(List.of(
                        new ResourceRef("Service", "default", "catalog"),
                        new ResourceRef("Service", "default", "orders")))));
        var base = untouched.manifests().resources().stream().map(r -> r.ref()).toList();

        var obsolete = ObsoleteOverlays.of(base, store.read());

        assertThat(obsolete).hasSameSizeAs(store.read()).isNotEmpty();
        for (ManifestFile next : obsolete) {
            assertThat(started().state().manifests()).isEqualTo(untouched.manifests());
            store.remove(next);
        }
        controller = started();
        assertUntouched();
    }

    @Test
    void anOverlayThatCannotBeRemovedKeepsTheOneThatTakesItBack() throws Exception {
        apply(OTHER_CATALOG);
        Path stuck = overlays().getFirst();
        String text = Files.readString(stuck);
        Files.delete(stuck);
        Files.createDirectories(stuck.resolve("in the way"));

        delete(OTHER_CATALOG);

        Files.delete(stuck.resolve("in the way"));
        Files.delete(stuck);
        Files.writeString(stuck, text);
        assertThat(overlays()).extracting(f -> f.getFileName().toString()).contains("0002-restore.yaml");
        assertThat(started().state().manifests()).isEqualTo(untouched.manifests());
    }

    @Test
    void itComesBackAsTheManifestsHaveItByNow() throws Exception {
        apply(OTHER_CATALOG);
        var file = TestMesh.manifests(folder).resolve("catalog.yaml");
        Files.writeString(file, Files.readString(file).replace("port: 8080", "port: 8081"));
        controller.refresh();
        controller.refresh();

        delete(OTHER_CATALOG);

        assertThat(services(controller.state())).containsExactly("catalog 8081", "web 8080");
    }

    @Test
    void whatSomethingElseStillRefersToStays() throws Exception {
        apply(subsets());
        apply(routeToSubset());

        assertThat(delete(subsets()))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> assertThat(invalid.diagnostics())
                                .extracting(Diagnostic::resource)
                                .contains(new ResourceRef("VirtualService", "default", "catalog")));

        delete(routeToSubset());
        assertThat(delete(subsets())).isInstanceOf(Done.class);
        assertUntouched();
    }

    @Test
    void anErrorOfTheManifestsThemselvesMayComeBack() throws Exception {
        Files.writeString(TestMesh.manifests(folder).resolve("route.yaml"), routeToSubset());
        controller = started();
        untouched = controller.state();
        assertThat(untouched.errors()).isPositive();
        apply(subsets());
        assertThat(controller.state().errors()).isZero();

        assertThat(delete(subsets())).isInstanceOf(Done.class);
        assertUntouched();
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() throws Exception {
        apply(OTHER_CATALOG);

        var outcome = new MeshChanges(controller)
                .make(new ChangeRequest(
                        ChangeRequest.Kind.DELETE,
                        List.of(new ManifestFile("given.yaml", OTHER_CATALOG)),
                        true,
                        Duration.ofSeconds(1)));

        assertThat(fates(outcome)).isEqualTo(Map.of("catalog", Fate.RESTORED));
        assertThat(services(controller.state())).containsExactly("catalog 9090", "web 8080");
    }

    private MeshController started() {
        var controller = new MeshController(
                List.of(TestMesh.manifests(folder)),
                TestMesh.overlays(folder),
                TestMesh.topology(folder).resolveSibling("none.json"),
                ControlPlane.NONE,
                List.of());
        controller.refresh();
        return controller;
    }

    private void apply(String text) throws InterruptedException {
        assertThat(make(ChangeRequest.Kind.APPLY, text)).isInstanceOf(Done.class);
    }

    private ChangeOutcome delete(String text) throws InterruptedException {
        return make(ChangeRequest.Kind.DELETE, text);
    }

    private ChangeOutcome make(ChangeRequest.Kind kind, String text) throws InterruptedException {
        return new MeshChanges(controller)
                .make(new ChangeRequest(
                        kind, List.of(new ManifestFile("given.yaml", text)), false, Duration.ofSeconds(10)));
    }

    private void assertUntouched() throws IOException {
        assertThat(controller.state().manifests()).isEqualTo(untouched.manifests());
        assertThat(controller.state().proxies()).isEqualTo(untouched.proxies());
        assertThat(overlays()).isEmpty();
    }

    private List<Path> overlays() throws IOException {
        if (!Files.isDirectory(TestMesh.overlays(folder))) {
            return List.of();
        }
        try (var files = Files.list(TestMesh.overlays(folder))) {
            return files.sorted().toList();
        }
    }

    private static Map<String, Fate> fates(ChangeOutcome outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        var effects = outcome instanceof Done done ? done.effects() : List.<ChangeOutcome.Effect>of();
        return effects.stream().collect(Collectors.toMap(e -> e.resource().name(), ChangeOutcome.Effect::fate));
    }

    private static List<String> services(MeshState mesh) {
        return mesh.manifests().services().stream()
                .map(s -> s.ref().name() + " " + s.ports().getFirst().number())
                .toList();
    }

    private static String subsets() {
        return """
               ---
               apiVersion: networking.istio.io/v1
               kind: DestinationRule
               metadata:
                 name: catalog
               spec:
                 host: catalog
                 subsets:
                 - name: v1
                   labels:
                     version: v1
               """;
    }

    private static String routeToSubset() {
        return """
               ---
               apiVersion: networking.istio.io/v1
               kind: VirtualService
               metadata:
                 name: catalog
               spec:
                 hosts: [catalog]
                 http:
                 - route:
                   - destination:
                       host: catalog
                       subset: v1
               """;
    }
}
