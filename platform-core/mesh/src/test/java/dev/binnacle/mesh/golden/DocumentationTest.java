package dev.binnacle.mesh.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.manifest.SupportDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** The documents made from code say what the code says. */
class DocumentationTest {
    private static final Path DOCS = Path.of("../../docs");

    /** What takes a file system or a running instance. */
    /** Two days before the certificates of all cases end. */
    private static final Instant NOW = Instant.parse("2119-12-30T00:00:00Z");

    private static final Map<String, String> OUT_OF_CASES = Map.of(
            DiagnosticCode.UNREADABLE.id(),
            "not UTF-8 text. Save it as UTF-8",
            DiagnosticCode.HOST_WITHOUT_ADDRESS.id(),
            "Service default/new: new.default.svc.cluster.local has no virtual address in this instance yet."
                    + " It gets one when the instance is next started; until then call it through port 15001");

    @Test
    void supportedFieldsAreDocumented() throws IOException {
        Golden.assertFile(DOCS.resolve("istio-support.md"), SupportDocument.support());
    }

    /** A code without a case would be one that nobody has seen. */
    @Test
    void diagnosticsAreDocumentedWithAnExample() throws IOException {
        var examples = examples();

        assertThat(examples)
                .containsOnlyKeys(Arrays.stream(DiagnosticCode.values())
                        .map(DiagnosticCode::id)
                        .toList());
        Golden.assertFile(DOCS.resolve("diagnostics/README.md"), SupportDocument.diagnostics(examples));
    }

    /** The shortest message of each code in all cases. */
    private static Map<String, String> examples() throws IOException {
        var examples = new TreeMap<>(OUT_OF_CASES);
        for (var golden : GoldenCase.all().toList()) {
            for (var diagnostic : Translation.check(golden.input(), NOW)) {
                String text = diagnostic.toString().replaceFirst("^\\S+ BNC-\\d+:? ", "");
                examples.merge(diagnostic.code(), text, DocumentationTest::shorter);
            }
        }
        return examples;
    }

    private static String shorter(String one, String other) {
        var byLength = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
        return BinaryOperator.minBy(byLength).apply(one, other);
    }

    @Test
    void codesAreUniqueAndInOrder() {
        var ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
        assertThat(ids).doesNotHaveDuplicates().isSorted().allMatch(id -> id.matches("BNC-[1-9][0-9]{2}"));
    }
}
