package dev.binnacle.mesh.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Inert;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.explain.Explanation;
import dev.binnacle.mesh.explain.Why;
import dev.binnacle.mesh.explain.WhyJson;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.explain.WhyText;
import dev.binnacle.mesh.golden.GoldenCases;
import dev.binnacle.mesh.manifest.ManifestDocuments;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Spoilt manifests cost what is spoilt in them: nothing throws, and every complaint tells where, what and what to do. */
class MutatedManifestsTest {
    private static final int FIRST = Integer.getInteger("binnacle.mutations.first", 1);
    private static final int SEEDS = Integer.getInteger("binnacle.mutations.seeds", 200);
    private static final Set<String> CODES =
            Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).collect(Collectors.toSet());

    @Test
    void noInputMakesTheTranslationThrow() throws IOException {
        var names = GoldenCases.names();
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            var files = mutated(GoldenCases.input(names.get(seed % names.size())), seed);
            try {
                diagnose(files);
                translate(files);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "seed " + seed + "\n" + files.getFirst().text(), e);
            }
        }
    }

    private static List<ManifestFile> mutated(List<ManifestFile> files, int seed) {
        var mutation = new Mutation(new SplittableRandom(seed));
        var result = new ArrayList<>(files);
        result.set(
                0, new ManifestFile("input.yaml", mutation.of(files.getFirst().text())));
        return result;
    }

    private static void diagnose(List<ManifestFile> files) {
        assertThat(Translation.check(files)).allSatisfy(MutatedManifestsTest::isHelpful);
        ManifestDocuments.Contents.of(files).changed(files);
    }

    private static void isHelpful(Diagnostic diagnostic) {
        assertThat(diagnostic.toString().codePoints()).allMatch(Inert::isPlain);
        assertThat(diagnostic.toString()).hasSizeLessThan(4000);
        assertThat(diagnostic.code()).isIn(CODES);
        assertThat(diagnostic.line()).isPositive();
        assertThat(diagnostic.message()).isNotBlank();
        if (diagnostic.severity() != Severity.INFO) {
            assertThat(diagnostic.fix()).as(diagnostic.toString()).isNotBlank();
        }
    }

    private static void translate(List<ManifestFile> files) {
        var manifests = Translation.read(files).value();
        var topology = Translation.plan(manifests);
        assertThat(Translation.translate(manifests, topology).value().keySet())
                .containsAll(topology.pods().stream().map(pod -> pod.id()).toList());
        explain(manifests, topology);
    }

    private static void explain(Manifests manifests, MeshTopology topology) {
        var hosts = topology.hosts().keySet().stream().limit(3).toList();
        for (var pod : topology.pods().stream().limit(2).toList()) {
            for (String host : hosts) {
                var request = new WhyRequest(pod.id(), host, Optional.empty(), "/a?b=c", "GET", Map.of("x", "y"));
                if (Why.explain(manifests, topology, request) instanceof Explanation.Answer answer) {
                    assertThat(WhyText.write(answer) + WhyJson.write(answer)).isNotBlank();
                }
            }
        }
    }
}
