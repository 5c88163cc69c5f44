package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.io.RandomAccessFile;
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

        assertThat(ManifestFolders.of(clone, List.of()).read().files())
                .extracting(ManifestFile::name)
                .containsExactly("sample-services/kubernetes/a.yaml", "istio/gateway/b.yaml");
    }

    @Test
    void aFileThatIsNamedCountsWhateverItsName() throws IOException {
        Path file = Files.writeString(clone.resolve("values.yml"), "kind: X\n");

        assertThat(ManifestFolders.of(clone, List.of(file)).read().files()).hasSize(1);
    }

    @Test
    void aFolderThatIsNotThereIsWrongUsage() {
        assertThatThrownBy(() -> ManifestFolders.of(clone, List.of(clone.resolve("nowhere"))))
                .hasMessageContaining("there is no ");
    }

    @Test
    void whatCannotBeReadIsToldAndKeepsNothingElseFromBeingRead() throws IOException {
        Path folder = Files.createDirectory(clone.resolve("mine"));
        Files.writeString(folder.resolve("good.yaml"), "kind: X\n");
        Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', (byte) 0xe4, 'b'});
        Files.createSymbolicLink(folder.resolve("nothing.yaml"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("zero.yaml"), Path.of("/dev/zero"));
        try (var huge = new RandomAccessFile(folder.resolve("huge.yaml").toFile(), "rw")) {
            huge.setLength(100_000_000_000L);
        }

        var reading = ManifestFolders.of(clone, List.of(folder)).read();

        assertThat(reading.files()).extracting(ManifestFile::name).containsExactly("mine/good.yaml");
        assertThat(reading.problems())
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("BNC-100"))
                .extracting(problem -> problem.file() + ": " + problem.message())
                .containsExactly(
                        "mine/huge.yaml: cannot be read: larger than 8000000 bytes",
                        "mine/latin1.yaml: not UTF-8 text",
                        "mine/loop: cannot be read: neither a file nor a folder that can be listed",
                        "mine/nothing.yaml: cannot be read: there is no such file or folder",
                        "mine/zero.yaml: cannot be read: neither a file nor a folder that can be listed");
    }

    @Test
    void aLinkToAFolderIsThatFolder() throws IOException {
        Path folder = Files.createDirectories(clone.resolve("real/deep"));
        Files.writeString(folder.resolve("a.yaml"), "kind: X\n");
        Files.createSymbolicLink(clone.resolve("link"), clone.resolve("real"));

        assertThat(ManifestFolders.of(clone, List.of(clone.resolve("link")))
                        .read()
                        .files())
                .extracting(ManifestFile::name)
                .containsExactly("link/deep/a.yaml");
    }
}
