package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFoldersTest {
    @TempDir
    Path folder;

    @Test
    void scenariosHelmAndValuesAreNotManifests() throws IOException {
        for (String file : List.of(
                "b.yaml",
                "a/deep/er.yaml",
                "scenarios/canary/vs.yaml",
                "helm/chart.yaml",
                "values.yaml",
                "values-prod.yaml",
                "kustomization.yaml",
                "notes.md",
                ".hidden.yaml")) {
            write(file, "x: 1");
        }

        assertThat(read(folder).files())
                .extracting(f -> folder.relativize(Path.of(f.name())).toString())
                .containsExactly("a/deep/er.yaml", "b.yaml");
    }

    @Test
    void aScenarioThatIsNamedIsRead() throws IOException {
        write("scenarios/canary/vs.yaml", "x: 1");

        assertThat(read(folder.resolve("scenarios/canary")).files()).hasSize(1);
    }

    @Test
    void namesBeginAtTheWorkingFolder() {
        var names = read(Path.of("src/test/manifests").toAbsolutePath()).files().stream()
                .map(f -> f.name())
                .toList();

        assertThat(names).containsExactly("src/test/manifests/named.yaml");
    }

    @Test
    void aMissingFolderAndAForeignEncodingAreReported() throws IOException {
        Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});

        var problems = read(folder, folder.resolve("nowhere")).problems();

        assertThat(problems).extracting(d -> d.code()).containsOnly("BNC-100");
        assertThat(problems)
                .extracting(d -> d.message())
                .containsExactly("the file is not UTF-8 text", "cannot be read: there is no such file or folder");
    }

    @Test
    void loopsPipesAndEndlessFilesStopNothing() throws IOException, InterruptedException {
        write("good.yaml", "x: 1");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("itself.yaml"), folder.resolve("itself.yaml"));
        Files.createSymbolicLink(folder.resolve("zero.yaml"), Path.of("/dev/zero"));
        new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString())
                .start()
                .waitFor();

        var reading = read(folder);

        assertThat(reading.files()).hasSize(1);
        assertThat(reading.problems())
                .extracting(d -> Path.of(d.file()).getFileName().toString())
                .containsExactlyInAnyOrder("itself.yaml", "loop", "pipe.yaml", "zero.yaml");
    }

    @Test
    void aReplacedFileShowsEvenWithTheSameSizeAndTime() throws IOException {
        write("a.yaml", "x: 1");
        var folders = new ManifestFolders(List.of(folder));
        var before = folders.states();
        var time = Files.getLastModifiedTime(folder.resolve("a.yaml"));
        write("a.yaml.new", "x: 2");
        Files.setLastModifiedTime(folder.resolve("a.yaml.new"), time);
        Files.move(
                folder.resolve("a.yaml.new"), folder.resolve("a.yaml"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);

        assertThat(folders.states()).isNotEqualTo(before);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static ManifestFolders.Reading read(Path... roots) {
        var folders = new ManifestFolders(List.of(roots));
        return folders.read(folders.states());
    }
}
