package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.mesh.kubernetes.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandTest {
    private static final JavaCommand JAVA = new JavaCommand(Path.of("/jdk/bin/java"));

    @TempDir
    private Path clone;

    @Test
    void withoutAnAnnotationItIsTheJarOfTheModuleWithTheAppsName() throws IOException {
        Path jar = clone.resolve("sample-services/catalog/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);

        assertThat(LocalCommand.of(workload("catalog-v1", "catalog", ""), clone, Path.of("/pod/hosts"), JAVA))
                .startsWith("/jdk/bin/java")
                .contains("-Djdk.net.hosts.file=/pod/hosts", "-Dvertx.disableDnsResolver=true")
                .endsWith("-jar", jar.toString());
    }

    @Test
    void theAnnotationSaysItOtherwise() {
        var written = "    binnacle.dev/local-command: \"./serve --greeting 'good day'\"";

        assertThat(LocalCommand.of(workload("x", "x", written), clone, Path.of("hosts"), JAVA))
                .containsExactly("./serve", "--greeting", "good day");
    }

    @Test
    void whatCannotBeStartedIsSaidWithFileAndLine() {
        assertThatThrownBy(() -> LocalCommand.of(workload("ghost", "spirit", ""), clone, Path.of("hosts"), JAVA))
                .hasMessageContaining("test.yaml:1 Deployment default/ghost")
                .hasMessageContaining("sample-services/ghost or sample-services/spirit");
    }

    private static Workload workload(String name, String app, String annotation) {
        return Workloads.of("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: %s
                          annotations:
                            other: "yes"
                        %s
                        spec:
                          selector: {matchLabels: {app: %s}}
                          template:
                            metadata: {labels: {app: %s}}
                            spec:
                              containers: [{name: main, image: none}]
                        """.formatted(name, annotation, app, app)).getFirst();
    }
}
