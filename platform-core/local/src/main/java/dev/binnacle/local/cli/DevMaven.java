package dev.binnacle.local.cli;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Maven that {@code quarkus:dev} accepts: 3.9 or newer. Fetched as an ordinary artifact where the machine's is older. */
final class DevMaven {
    private static final String VERSION = "3.9.16";
    private static final Pattern NEW_ENOUGH = Pattern.compile("Apache Maven (3\\.9|3\\.[1-9]\\d|[4-9])\\.?.*");

    private DevMaven() {}

    /** Returns the program. */
    static Path find(CliContext context) throws IOException, InterruptedException {
        Path machines = machines(context);
        if (isNewEnough(machines)) {
            return machines;
        }
        Path folder = context.layout().user().cache().resolve("maven");
        Path home = folder.resolve("apache-maven-" + VERSION);
        Path program = home.resolve("bin/mvn");
        return Files.isRegularFile(program) ? program : fetch(context, machines, folder, home);
    }

    /** Returns the machine's own, of whatever version. */
    static Path machines(CliContext context) {
        String told = context.environment().getOrDefault("BINNACLE_MAVEN", "");
        Stream<Path> onPath = Arrays.stream(
                        context.environment().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "mvn"));
        Optional<Path> found =
                told.isEmpty() ? onPath.filter(Files::isExecutable).findFirst() : Optional.of(Path.of(told));
        return found.orElseThrow(() ->
                ProblemException.environment("no Maven on PATH", "Install Maven 3.8.7 or newer, or set MAVEN_HOME."));
    }

    private static boolean isNewEnough(Path maven) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(maven.toString(), "--version", "--batch-mode")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().anyMatch(line -> NEW_ENOUGH.matcher(line).find());
    }

    private static Path fetch(CliContext context, Path maven, Path parent, Path home)
            throws IOException, InterruptedException {
        context.print("quarkus:dev needs Maven 3.9; fetching " + VERSION + " into the cache folder");
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, ".new-");
        Process process = new ProcessBuilder(List.of(
                        maven.toString(),
                        "--batch-mode",
                        "--quiet",
                        "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack",
                        "-Dartifact=org.apache.maven:apache-maven:" + VERSION + ":zip:bin",
                        "-DoutputDirectory=" + fresh))
                .directory(parent.toFile())
                .inheritIO()
                .start();
        Path unpacked = fresh.resolve(home.getFileName());
        if (process.waitFor() != 0 || !Files.isDirectory(unpacked)) {
            throw ProblemException.environment(
                    "Maven " + VERSION + " could not be fetched", "Install Maven 3.9 or newer and try again.");
        }
        if (!Files.exists(home)) {
            Files.move(unpacked, home);
        }
        Files.deleteIfExists(fresh);
        Path program = home.resolve("bin/mvn");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
        return program;
    }
}
