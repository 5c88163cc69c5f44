package dev.binnacle.local.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.local.ProblemException;
import dev.binnacle.spi.Spi;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Makes projects of plugins, compiles them and runs their own contract tests; e2e does the same with Maven and a running mesh. */
class PluginProjectTest {
    private static final Pattern EXCERPT = Pattern.compile("```\\w+ ([^\\n]+)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theContractTestsOfANewProjectPass(PluginKind kind) throws Exception {
        Path project = project(kind, "weather-station");
        Path classes = compile(project);

        var before = Thread.currentThread().getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            String test = "com.example.weatherstation.WeatherStation" + kind.title() + "ContractTest";
            var summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(loader.loadClass(test)))
                                    .build(),
                            summary);
            assertThat(summary.getSummary().getFailures())
                    .allSatisfy(failure -> assertThat(failure.getException()).isNull());
            assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThanOrEqualTo(8);
            assertThat(summary.getSummary().getTestsAbortedCount()).isZero();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void nothingIsLeftToFillIn() throws IOException {
        for (var kind : PluginKind.values()) {
            for (Path file : files(project(kind, "a"))) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("(?<![{*])@[a-z-]+@");
            }
        }
    }

    @Test
    void namesThatAreNoneAndFoldersInUseAreRefused() throws IOException {
        for (String name : List.of("", "Weather", "9", "a_b", "a--b", "../evil")) {
            assertThatThrownBy(() -> new PluginProject(PluginKind.COLLECTOR, name))
                    .isInstanceOf(ProblemException.class);
        }
        Path project = project(PluginKind.COLLECTOR, "twice");
        assertThatThrownBy(() -> project(PluginKind.COLLECTOR, "twice")).hasMessageContaining("exists already");
        assertThat(project).isDirectory();
    }

    @Test
    void projectsAreBuiltAndTestedWithWhatThisCloneUses() {
        var versions = Template.versions();
        assertThat(versions)
                .allSatisfy((name, version) -> assertThat(version).as(name).matches("[0-9].*"));
        assertThat(versions).containsEntry("junit", Test.class.getPackage().getImplementationVersion());
    }

    @Test
    void theExcerptsOfTheGuideAreWhatIsMade() throws IOException {
        String guide = Files.readString(Path.of("../../docs/plugins.md"));
        Path project = project(PluginKind.COLLECTOR, "weather-station");
        var excerpts = EXCERPT.matcher(guide);
        var files = new ArrayList<String>();
        while (excerpts.find()) {
            String file = excerpts.group(1);
            files.add(file);
            assertThat(Files.readString(project.resolve(file))).as(file).contains(excerpts.group(2));
        }
        assertThat(files).as("files that docs/plugins.md walks through").hasSizeGreaterThanOrEqualTo(6);
    }

    private Path project(PluginKind kind, String name) throws IOException {
        Path project = folder.resolve(kind.text() + "-" + name);
        new PluginProject(kind, name)
                .writeTo(project, Spi.VERSION, new SpiRepository(folder.resolve("maven")), Path.of("/clone/binnacle"));
        return project;
    }

    private static Path compile(Path project) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        var sources = files(project).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = List.of("-d", classes.toString(), "-proc:none", "--release", "21", "-Xlint:all", "-Werror");
            boolean good = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(good).as(messages.toString()).isTrue();
        }
        Path services = project.resolve("src/main/resources/META-INF/services");
        for (Path service : files(services)) {
            Path target = classes.resolve("META-INF/services").resolve(service.getFileName());
            Files.createDirectories(target.getParent());
            Files.copy(service, target);
        }
        return classes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
