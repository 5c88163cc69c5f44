package dev.binnacle.local.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs again and what does not. */
class ConsoleBuildTest {
    @TempDir
    private Path home;

    private final List<String> ran = new ArrayList<>();
    private Path result;

    @BeforeEach
    void setUp() throws IOException {
        result = home.resolve("target/page/index.html");
        Files.writeString(home.resolve("package.json"), "{}");
        Files.writeString(home.resolve("package-lock.json"), "{}");
        Files.writeString(home.resolve(".npmrc"), "fund=false");
        Files.createDirectories(home.resolve("src"));
        Files.writeString(home.resolve("src/main.ts"), "export {}");
    }

    @Test
    void unchangedSourcesAreNotBuiltAgain() throws Exception {
        assertThat(build().step("build", result)).isTrue();
        assertThat(build().step("build", result)).isFalse();

        assertThat(ran).containsExactly("ci --ignore-scripts", "run build");
    }

    @Test
    void aChangedSourceIsBuiltAgainWithThePackagesThatAreThere() throws Exception {
        build().step("build", result);
        Files.writeString(home.resolve("src/main.ts"), "export default 1");

        assertThat(build().step("build", result)).isTrue();
        assertThat(ran).containsExactly("ci --ignore-scripts", "run build", "run build");
    }

    @Test
    void aChangedLockFileInstallsPackagesAgain() throws Exception {
        build().step("build", result);
        Files.writeString(home.resolve("package-lock.json"), "{\"packages\":{}}");
        build().step("build", result);

        assertThat(ran).containsExactly("ci --ignore-scripts", "run build", "ci --ignore-scripts", "run build");
    }

    @Test
    void aMovedSourceIsAChange() throws Exception {
        build().step("build", result);
        Files.move(home.resolve("src/main.ts"), home.resolve("src/other.ts"));

        assertThat(build().step("build", result)).isTrue();
    }

    @Test
    void aResultThatIsGoneIsMadeAgain() throws Exception {
        build().step("build", result);
        Files.delete(result);

        assertThat(build().step("build", result)).isTrue();
        assertThat(result).exists();
    }

    @Test
    void aStepThatFailedRunsAgain() throws Exception {
        var failing = new ConsoleBuild(home, (arguments, folder, log) -> {
            Files.createDirectories(home.resolve("node_modules"));
            if (arguments.contains("build")) {
                throw ProblemException.no("npm run build ended with 1", "");
            }
        });
        assertThatThrownBy(() -> failing.step("build", result)).hasMessage("npm run build ended with 1");

        assertThat(build().step("build", result)).isTrue();
    }

    @Test
    void aStepThatLeavesNothingIsAFailure() {
        var idle = new ConsoleBuild(
                home, (arguments, folder, log) -> Files.createDirectories(home.resolve("node_modules")));

        assertThatThrownBy(() -> idle.step("test", result)).hasMessageStartingWith("npm run test left no ");
    }

    @Test
    void theEndOfWhatNpmSaidIsTheReason() throws Exception {
        Path bin = Files.createDirectories(home.resolve("bin"));
        script(bin.resolve("node"), "echo v24.1.0");
        script(bin.resolve("npm"), "echo \"error TS2322 in $1\"; exit 2");
        var npm = new NodeNpm(Map.of("PATH", bin.toString(), "HOME", home.toString()), line -> {});

        assertThatThrownBy(() -> npm.run(List.of("run", "build"), home, home.resolve("build.log")))
                .isInstanceOf(ProblemException.class)
                .hasMessage("npm run build ended with 2:\nerror TS2322 in run");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private ConsoleBuild build() {
        return new ConsoleBuild(home, (arguments, folder, log) -> {
            ran.add(String.join(" ", arguments));
            Files.createDirectories(home.resolve("node_modules"));
            Files.createDirectories(result.getParent());
            Files.writeString(result, "made");
        });
    }
}
