package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayStoreTest {
    @TempDir
    Path folder;

    @Test
    void overlaysAreReadInTheirOrderAndNothingElseIs() throws IOException {
        var store = new OverlayStore(folder);
        store.write(store.next(OverlayKind.APPLY, "a: 1\n"));
        store.write(store.next(OverlayKind.DELETE, "b: 1\n"));
        Files.writeString(folder.resolve("notes.yaml"), "x");
        Files.writeString(folder.resolve("0003-apply.yaml.part"), "half");

        assertThat(store.read())
                .extracting(
                        f -> Path.of(f.name()).getFileName() + " " + f.text().strip())
                .containsExactly("0001-apply.yaml a: 1", "0002-delete.yaml b: 1");
        assertThat(store.next(OverlayKind.APPLY, "").name()).endsWith("0003-apply.yaml");
    }

    @Test
    void namesSortAsNumbersDo() {
        assertThat(OverlayStore.following(0)).isEqualTo(1);
        assertThat(OverlayStore.following(99)).isEqualTo(100);
        assertThat(OverlayStore.following(9999)).isEqualTo(99991);
        assertThat("99991-apply.yaml").isGreaterThan("9999-apply.yaml");
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        var store = new OverlayStore(file);

        assertThatThrownBy(() -> store.write(new ManifestFile(file + "/0001-apply.yaml", "a: 1")))
                .isInstanceOf(IOException.class);
        assertThat(store.read()).isEmpty();
    }

    @Test
    void anOverlaysTextIsReadAsItsDocumentsWere() {
        String document = "%YAML 1.1\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: good}\n";
        var given = new ManifestFile("evil\u2028kind: X\n---\n.yaml", document);

        String text = OverlayText.applying(Contents.of(List.of()).changed(List.of(given)));

        var read = Translation.read(List.of(new ManifestFile("overlay.yaml", text)));
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.value().resources()).hasSize(1);
    }
}
