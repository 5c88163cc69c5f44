package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.app.mesh.ChangeOutcome.Done;
import dev.binnacle.app.mesh.ChangeOutcome.Invalid;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code apply} says of bad resources what {@code check} says. */
class ReviewTest {
    private static final Path CASES = Path.of("../mesh/src/test/resources/cases");
    private static final Path SHOP = Path.of("../mesh/src/test/resources/bases/shop.yaml");

    private static final String BROKEN_IN_TWO_WAYS = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: catalog
            spec:
              hosts: [catalog]
              http:
              - tmeout: 2s
                route:
                - destination:
                    host: nowhere
            """;

    private @TempDir Path folder;

    static Stream<Path> badManifests() throws IOException {
        try (var cases = Files.list(CASES)) {
            return cases
                    .map(folder -> folder.resolve("input.yaml"))
                    .filter(input -> errors(Translation.check(List.of(file(input)))))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void inAnEmptyMeshApplySaysWhatCheckSays(Path input) throws Exception {
        var given = List.of(file(input));

        assertThat(apply(given)).isEqualTo(new Invalid(Translation.check(given)));
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void inAMeshItSaysWhatCheckSaysOfBoth(Path input) throws Exception {
        Path base = Files.createDirectories(folder.resolve("manifests")).resolve("shop.yaml");
        Files.copy(SHOP, base);
        var around = new ManifestFile(base.toString(), Files.readString(base));
        var given = List.of(file(input));
        var all = new ArrayList<>(given);
        all.add(around);

        var expected = Translation.check(all).stream()
                .filter(d -> !Translation.check(List.of(around)).contains(d))
                .toList();

        assertThat(problems(apply(given))).isEqualTo(expected);
    }

    @Test
    void everyFileOfAFolderIsToldOfAtOnce() throws Exception {
        try (var cases = badManifests()) {
            var given = cases.map(ReviewTest::file).toList();

            assertThat(apply(given)).isEqualTo(new Invalid(Translation.check(given)));
        }
    }

    @Test
    void whatIsWrongWithTheRestOfABrokenResourceNeedNotWait() throws Exception {
        TestMesh.write(folder);

        assertThat(problems(apply(List.of(new ManifestFile("given.yaml", BROKEN_IN_TWO_WAYS)))))
                .extracting(d -> d.file() + ":" + d.line() + " " + d.path())
                .containsExactly(
                        "given.yaml:9 spec.http[0].tmeout", "given.yaml:12 spec.http[0].route[0].destination.host");
    }

    @Test
    void whatBreaksSomethingElseIsToldThere() throws Exception {
        TestMesh.write(folder);
        Files.writeString(
                TestMesh.manifests(folder).resolve("route.yaml"),
                BROKEN_IN_TWO_WAYS
                        .replace("  - tmeout: 2s\n    route:", "  - route:")
                        .replace("nowhere", "catalog\n        port: {number: 8080}"));
        var given = List.of(new ManifestFile("given.yaml", TestMesh.service("catalog", 9090)));

        assertThat(problems(apply(given))).isNotEmpty().allSatisfy(d -> {
            assertThat(d.resource()).isEqualTo(new ResourceRef("VirtualService", "default", "catalog"));
            assertThat(d.file()).endsWith("route.yaml");
        });
    }

    @Test
    void anErrorElsewhereThatWasThereBeforeIsNoneOfItsBusiness() throws Exception {
        TestMesh.write(folder);
        Files.writeString(
                TestMesh.manifests(folder).resolve("route.yaml"),
                BROKEN_IN_TWO_WAYS.replace("  - tmeout: 2s\n    route:", "  - route:"));

        assertThat(apply(List.of(new ManifestFile("given.yaml", TestMesh.service("web", 9090)))))
                .isInstanceOf(Done.class);
    }

    private ChangeOutcome apply(List<ManifestFile> given) throws InterruptedException, IOException {
        Files.createDirectories(TestMesh.manifests(folder));
        var controller = new MeshController(
                List.of(TestMesh.manifests(folder)),
                TestMesh.overlays(folder),
                folder.resolve("none.json"),
                ControlPlane.NONE,
                List.of());
        controller.refresh();
        return new MeshChanges(controller)
                .make(new ChangeRequest(ChangeRequest.Kind.APPLY, given, false, Duration.ofSeconds(1)));
    }

    private static List<Diagnostic> problems(ChangeOutcome outcome) {
        return switch (outcome) {
            case Invalid(var diagnostics) -> diagnostics;
            case Done done -> done.diagnostics();
            default -> throw new AssertionError(outcome);
        };
    }

    private static boolean errors(List<Diagnostic> diagnostics) {
        return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    private static ManifestFile file(Path path) {
        try {
            return new ManifestFile(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
