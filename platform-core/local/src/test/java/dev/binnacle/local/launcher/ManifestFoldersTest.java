package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFoldersTest {
    @TempDir
    private Path clone;

    @Test
    void theClonesOwnFoldersCountWithoutScenariosAndHelm() throws IOException {
        for (String file : List.of(
                "sample-services/kubernetes/a.yaml",
                "sample-services/kubernetes/kustomization.yaml",
                "sample-services/kubernetes/README.md",
                "istio/gateway/b.yaml",
                "istio/scenarios/canary/c.yaml",
                "istio/helm/d.yaml",
                "istio/values-prod.yaml")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.writeString(clone.resolve(file), "kind: X\n");
        }

        assertThat(ManifestFolders.of(clone, List.of()).files())
                .extracting(ManifestFile::name)
                .containsExactly("sample-services/kubernetes/a.yaml", "istio/gateway/b.yaml");
    }

    @Test
    void aFileThatIsNamedCountsWhateverItsName() throws IOException {
        Path file = Files.writeString(clone.resolve("values.yml"), "kind: X\n");

        assertThat(ManifestFolders.of(clone, List.of(file)).files()).hasSize(1);
    }

    @Test
    void aFolderThatIsNotThereIsWrongUsage() {
        assertThatThrownBy(() -> ManifestFolders.of(clone, List.of(clone.resolve("nowhere"))))
                .hasMessageContaining("there is no ");
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        Path file = Files.write(clone.resolve("latin1.yaml"), new byte[] {'a', (byte) 0xe4, 'b'});

        assertThatThrownBy(() -> ManifestFolders.of(clone, List.of(file)).files())
                .hasMessageContaining("latin1.yaml: not UTF-8 text");
    }
}
