package dev.binnacle.mesh.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.manifest.SupportDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The documents made from code say what the code says. */
class DocumentationTest {
    private static final Path DOCS = Path.of("../../docs");

    @Test
    void supportedFieldsAreDocumented() throws IOException {
        Golden.assertFile(DOCS.resolve("istio-support.md"), SupportDocument.support());
    }

    @Test
    void diagnosticsAreDocumented() throws IOException {
        Golden.assertFile(DOCS.resolve("diagnostics/README.md"), SupportDocument.diagnostics());
    }

    @Test
    void codesAreUniqueAndInOrder() {
        var ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
        assertThat(ids).doesNotHaveDuplicates().isSorted().allMatch(id -> id.matches("BNC-[1-9][0-9]{2}"));
    }

    /** A code without a case would be one that nobody has seen. */
    @Test
    void everyCodeOccursInACase() throws IOException {
        var seen = new StringBuilder();
        for (var golden : GoldenCase.all().toList()) {
            seen.append(golden.produce().get("diagnostics.txt"));
        }
        assertThat(DiagnosticCode.values())
                .filteredOn(code -> code != DiagnosticCode.HOST_WITHOUT_ADDRESS)
                .allSatisfy(code -> assertThat(seen).contains(code.id()));
    }
}
