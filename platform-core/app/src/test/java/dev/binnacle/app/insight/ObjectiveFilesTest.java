package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.insight.slo.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectiveFilesTest {
    @TempDir
    Path folder;

    @Test
    void objectivesHaveTheirTitlesAndPlaces() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                # What the shop promises.
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: fast, displayName: The catalog answers at once}
                ---
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: prometheus}
                ---
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: plain}
                """);
        Files.writeString(folder.resolve("broken.yml"), "kind: SLO\nmetadata: [");
        Files.writeString(folder.resolve("README.md"), "kind: SLO");
        Files.writeString(folder.resolve("nameless.yaml"), "kind: SLO");

        assertThat(new ObjectiveFiles(folder).read())
                .containsExactly(
                        new Objective("fast", "The catalog answers at once", file.toString(), 2),
                        new Objective("plain", "plain", file.toString(), 10));
    }

    @Test
    void withoutAFolderThereAreNone() {
        assertThat(new ObjectiveFiles(folder.resolve("none")).read()).isEmpty();
    }
}
