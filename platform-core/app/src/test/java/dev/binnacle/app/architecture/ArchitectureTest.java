package dev.binnacle.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.binnacle.mesh.fixture.ImpureMesh;
import dev.binnacle.spi.fixture.HeavySpi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void theDirectionsBetweenModulesHold() throws IOException {
        var classes = builtClasses();
        assertThat(classes.contain(dev.binnacle.xds.XdsServer.class)).isTrue();

        for (ArchRule rule : Rules.ALL) {
            rule.check(classes);
        }
    }

    @Test
    void anImpureMeshIsSeen() {
        var classes = new ClassFileImporter().importClasses(ImpureMesh.class);

        for (var rule :
                List.of(Rules.meshIsPure(), Rules.onlyPluginRuntimeKnowsPf4j(), Rules.everyPackageIsNullMarked())) {
            assertThatThrownBy(() -> rule.check(classes))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ImpureMesh");
        }
    }

    @Test
    void aHeavySpiIsSeen() {
        var classes = new ClassFileImporter().importClasses(HeavySpi.class);

        assertThatThrownBy(() -> Rules.spiKnowsOnlyTheJdk().check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Gson");
    }

    @Test
    void nobodyMocks() throws IOException {
        try (var files = Files.walk(TOP, 4)) {
            var poms = files.filter(f -> f.getFileName().toString().equals("pom.xml"))
                    .filter(f -> !f.toString().contains("/target/"))
                    .toList();
            assertThat(poms)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(pom -> assertThat(pom).content().doesNotContain("mockito"));
        }
    }

    /** The classes of every module that is built: the app does not depend on all of them. */
    private static JavaClasses builtClasses() throws IOException {
        try (Stream<Path> folders = Stream.of("platform-core", "plugins", "sample-services")
                .map(TOP::resolve)
                .filter(Files::isDirectory)
                .flatMap(ArchitectureTest::modules)) {
            return new ClassFileImporter()
                    .importPaths(folders.map(module -> module.resolve("target/classes"))
                            .filter(Files::isDirectory)
                            .toList());
        }
    }

    private static Stream<Path> modules(Path group) {
        try (var found = Files.list(group)) {
            return found.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
