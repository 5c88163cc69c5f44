package dev.binnacle.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that scrapes and writes, on a core of its own. */
final class Rival implements AutoCloseable {
    private static final double TICKS = 100;
    private static final int PAGE = 4096;

    private final Process process;
    private final Path stat;
    private final Path statm;

    Rival(List<String> command, Path log) throws IOException {
        var pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        process = new ProcessBuilder(pinned)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        stat = Path.of("/proc/" + process.pid() + "/stat");
        statm = Path.of("/proc/" + process.pid() + "/statm");
    }

    /** Returns the seconds of processor time so far. */
    double cpu() throws IOException {
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    double megabytes() throws IOException {
        return Long.parseLong(Files.readString(statm).split(" ")[1]) * PAGE / 1e6;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
