package dev.binnacle.local.console;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One step of the console's build, done once for the same sources.
 *
 * <p>Packages are installed when the lock file has changed; scripts of packages never run. What a step said is in
 * {@code target/console/STEP.log}.
 */
public final class ConsoleBuild {
    private static final List<String> DESCRIBES_PACKAGES = List.of("package.json", "package-lock.json", ".npmrc");

    private final Path home;
    private final Npm npm;

    ConsoleBuild(Path home, Npm npm) {
        this.home = home;
        this.npm = npm;
    }

    /** Runs {@code npm} with arguments in a folder, and fails with what it said. */
    @FunctionalInterface
    interface Npm {
        void run(List<String> arguments, Path folder, Path log) throws IOException, InterruptedException;
    }

    /**
     * Called by Maven.
     *
     * @param arguments the console's folder, {@code build} or {@code test}, and a file that the step leaves
     * @throws ProblemException when Node.js cannot be had, or the step failed; the message has the last lines
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            throw ProblemException.usage("ConsoleBuild FOLDER STEP RESULT", "Maven gives these.");
        }
        Path home = Path.of(arguments[0]).toAbsolutePath();
        new ConsoleBuild(home, new NodeNpm(System.getenv(), System.out::println))
                .step(arguments[1], home.resolve(arguments[2]));
    }

    /** Runs the script {@code step} of package.json, unless it ran with these sources and left {@code result}. */
    boolean step(String step, Path result) throws IOException, InterruptedException {
        Path state = Files.createDirectories(home.resolve("target/console"));
        Path stamp = state.resolve(step + ".stamp");
        String sources = SourceSum.of(home);
        if (Files.exists(result) && says(stamp, sources)) {
            return false;
        }
        Files.deleteIfExists(stamp);
        install(state);
        npm.run(List.of("run", step), home, state.resolve(step + ".log"));
        if (!Files.exists(result)) {
            throw ProblemException.no("npm run " + step + " left no " + result, "See " + state.resolve(step + ".log"));
        }
        Files.writeString(stamp, sources);
        return true;
    }

    private void install(Path state) throws IOException, InterruptedException {
        Path stamp = home.resolve("node_modules/.installed");
        String wanted = SourceSum.ofFiles(home, DESCRIBES_PACKAGES);
        if (!says(stamp, wanted)) {
            npm.run(List.of("ci", "--ignore-scripts"), home, state.resolve("install.log"));
            Files.writeString(stamp, wanted);
        }
    }

    private static boolean says(Path stamp, String sum) throws IOException {
        return Files.exists(stamp) && Files.readString(stamp).equals(sum);
    }
}
