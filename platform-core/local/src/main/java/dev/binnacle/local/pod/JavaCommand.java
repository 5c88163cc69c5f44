package dev.binnacle.local.pod;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the launcher starts JVMs: small, quick, and with a hosts file in the place of DNS (facts F13).
 *
 * <p>A heap begins small because a JVM that may use its longest heap at once fills it before it collects.
 *
 * @param java the program
 */
public record JavaCommand(Path java) {
    private static final List<String> QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    /** Returns the JVM that runs this one. */
    public static JavaCommand current() {
        return new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    /** Returns the program and the flags of a pod's JVM, before those that depend on the pod. */
    public List<String> forPods() {
        return with("-Xms16m", "-Xmx64m", "-Dvertx.disableDnsResolver=true");
    }

    /**
     * Returns the program and the flags of a pod's JVM.
     *
     * @param jar what it will run; null when that is not known
     */
    List<String> forPod(Path hosts, @Nullable Path jar) {
        var command = forPods();
        command.add("-Djdk.net.hosts.file=" + hosts);
        if (jar != null) {
            command.addAll(ClassArchive.flags(jar));
        }
        return command;
    }

    /** Returns the program and the flags of the platform's own JVM, before those that depend on the archive. */
    public List<String> forApps() {
        return with("-Xms64m", "-Xmx256m");
    }

    /** Returns the program and the flags of the platform's own JVM. */
    public List<String> forApp(Path jar) {
        var command = forApps();
        command.addAll(ClassArchive.flags(jar));
        return command;
    }

    private List<String> with(String... flags) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(QUICK);
        command.addAll(List.of(flags));
        return command;
    }
}
