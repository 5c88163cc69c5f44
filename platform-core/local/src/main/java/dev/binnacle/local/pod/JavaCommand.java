package dev.binnacle.local.pod;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the launcher starts JVMs: small, quick, and with a hosts file in the place of DNS (facts F13).
 *
 * @param java the program
 * @param archives where class-data archives are kept, one for each jar
 */
public record JavaCommand(Path java, Path archives) {
    private static final List<String> QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    /** Returns the JVM that runs this one, with archives below {@code runtime}. */
    public static JavaCommand of(Path runtime) {
        return new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"), runtime.resolve("cds"));
    }

    /** Returns the program and the flags of a pod's JVM. */
    public List<String> forPod(Path hosts, @Nullable Path jar) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(QUICK);
        command.add("-Xmx96m");
        command.add("-Djdk.net.hosts.file=" + hosts);
        command.add("-Dvertx.disableDnsResolver=true");
        command.addAll(archive(jar));
        return command;
    }

    /** Returns the program and the flags of the platform's own JVM. */
    public List<String> forApp(Path jar) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(QUICK);
        command.add("-Xmx256m");
        command.addAll(archive(jar));
        return command;
    }

    private List<String> archive(@Nullable Path jar) {
        if (jar == null) {
            return List.of();
        }
        Path archive = ClassArchive.of(archives, jar, java).file();
        return Files.isRegularFile(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }
}
