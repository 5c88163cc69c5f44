package dev.binnacle.app.figures;

import dev.binnacle.mesh.topology.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control plane in a process of its own. */
interface Server extends AutoCloseable {
    String name();

    Process process();

    /** Returns the port of its ADS. */
    int port();

    /** Returns how a pod's proxy introduces itself here. */
    String nodeId(Pod pod);

    /** Changes a VirtualService; returns when the change has been taken. */
    void apply(String yaml) throws Exception;

    /** Makes the pod {@link LargeMesh#LONE_POD} an endpoint or none. */
    void lonePodReady(boolean ready) throws Exception;

    /** Returns the CPU time that the process has used, user and system, in milliseconds. */
    default double cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process().pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0; // clock ticks of 10 ms
    }

    /** Returns the proportional set size in MB. */
    default double memory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process().pid()), "smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    @Override
    default void close() throws InterruptedException {
        process().destroy();
        process().waitFor();
    }
}
