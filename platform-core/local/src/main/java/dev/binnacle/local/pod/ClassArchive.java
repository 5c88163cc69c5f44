package dev.binnacle.local.pod;

import dev.binnacle.local.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The class-data archive beside a runnable jar, with which the jar's JVM needs half the processor time to start.
 *
 * <p>It is made once after a build, by a run of the application that ends as soon as it has started. The JVM ignores an archive
 * that does not fit the jar or the JVM any more.
 */
public final class ClassArchive {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String STARTED = "started in";
    private static final Path JVM = Path.of(System.getProperty("java.home"), "release");

    private ClassArchive() {}

    /** Returns the flags that use the archive of {@code jar}; none while there is no archive. */
    static List<String> flags(Path jar) {
        Path archive = archive(jar);
        return isFresh(jar)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }

    private static Path archive(Path jar) {
        return jar.resolveSibling("classes.jsa");
    }

    /** Tells whether the archive of {@code jar} is there and not older than the jar and this JVM. */
    public static boolean isFresh(Path jar) {
        try {
            Path archive = archive(jar);
            return Files.isRegularFile(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(JVM)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts the application of {@code jar} on an address of its own, stops it, and returns whether an archive was left.
     *
     * @param command the JVM and its flags, the same that later runs have
     * @param address a loopback address that nothing else uses
     * @param log where the application's output goes
     */
    public static boolean make(
            List<String> command, Path jar, Map<String, String> environment, String address, Path log, Duration limit)
            throws IOException, InterruptedException {
        Path fresh = jar.resolveSibling(".classes.jsa.next");
        var all = new ArrayList<>(command);
        all.addAll(List.of("-XX:ArchiveClassesAtExit=" + fresh, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        all.addAll(List.of("-jar", jar.toString()));
        Files.deleteIfExists(log);
        var builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(trainingEnvironment(environment, address));
        Process process = builder.start();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (process.isAlive() && !hasStarted(log) && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE);
            }
            process.destroy();
            process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly();
        }
        return keep(fresh, archive(jar));
    }

    private static Map<String, String> trainingEnvironment(Map<String, String> environment, String address) {
        var all = new TreeMap<>(environment);
        all.put("HOST", address);
        all.put("POD_IP", address);
        all.put("QUARKUS_HTTP_HOST", address);
        all.put("BINNACLE_XDS_ENABLED", "false");
        return all;
    }

    private static boolean hasStarted(Path log) {
        return Text.lastLines(log, 20).stream().anyMatch(line -> line.contains(STARTED));
    }

    private static boolean keep(Path fresh, Path archive) throws IOException {
        boolean made = Files.isRegularFile(fresh);
        if (!made) {
            // What failed once would fail at every start: the JVM passes over an empty archive.
            Files.write(fresh, new byte[0]);
        }
        Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
        return made;
    }
}
