package dev.binnacle.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.manifest.ManifestDocuments.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestDocumentsTest {
    private static final String TWO = """
            apiVersion: v1
            kind: Service
            metadata:
              name: catalog
            spec:
              ports:
              - name: http
                port: 8080
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: orders
            spec:
              ports:
              - name: http
                port: 8080
            """;

    @Test
    void onlyTheDocumentThatDiffersIsChanged() {
        String second = TWO.substring(TWO.indexOf("---"));
        var edited = new ManifestFile("edited.yaml", TWO.replace(second, second.replace("8080", "9090")));

        assertThat(changed(List.of(edited), List.of(file("base.yaml", TWO))))
                .singleElement()
                .satisfies(d -> {
                    assertThat(d.names()).extracting(n -> n.name()).containsExactly("orders");
                    assertThat(d.linesBefore()).isEqualTo(8);
                    assertThat(d.text()).startsWith("---\n").contains("9090");
                });
    }

    @Test
    void commentsAndOrderChangeNothing() {
        String reordered = """
                # The same again.
                kind: Service
                apiVersion: v1
                metadata: {name: catalog}
                spec: {ports: [{port: 8080, name: "http"}]}
                """;

        assertThat(changed(List.of(file("given.yaml", reordered)), List.of(file("base.yaml", TWO))))
                .isEmpty();
    }

    @Test
    void textIsNotANumber() {
        String quoted = TWO.replace("port: 8080", "port: \"8080\"");

        assertThat(changed(List.of(file("given.yaml", quoted)), List.of(file("base.yaml", TWO))))
                .hasSize(2);
    }

    @Test
    void theLastFileCountsAndADeletionIsAChange() {
        var given = List.of(file("given.yaml", TWO));
        var base = file("base.yaml", TWO);
        var edited = file("0001-apply.yaml", TWO.replace("8080", "9090"));
        var deleted = file("0002-delete.yaml", TWO);

        assertThat(changed(given, List.of(base, edited))).hasSize(2);
        assertThat(changed(given, List.of(base, deleted)))
                .flatExtracting(Document::names)
                .hasSize(2);
        assertThat(changed(given, List.of(base, edited, base))).isEmpty();
    }

    private static List<Document> changed(List<ManifestFile> given, List<ManifestFile> current) {
        return ManifestDocuments.Contents.of(List.of()).with(current).changed(given);
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text);
    }
}
