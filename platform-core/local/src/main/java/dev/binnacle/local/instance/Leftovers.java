package dev.binnacle.local.instance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processes that a launcher left behind when it was killed.
 *
 * <p>They are known twice over: by the launcher's record (process number and start) and by the mark that every child
 * carries in its environment, which also names what was started a moment before the kill.
 */
public final class Leftovers {
    /** The environment variable that marks a child; its value is the instance's runtime folder. */
    public static final String MARK = "BINNACLE_INSTANCE";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Leftovers() {}

    /** Returns what still runs, itself and its own ancestors excluded. */
    public static List<ProcessHandle> of(Layout layout) {
        Stream<ProcessHandle> recorded = LauncherRecord.read(layout.launcherFile()).stream()
                .flatMap(launcher -> launcher.livingChildren().stream())
                .flatMap(child -> child.id().handle().stream());
        String mark = MARK + "=" + layout.runtime();
        Stream<ProcessHandle> marked = ProcessHandle.allProcesses().filter(process -> carries(process.pid(), mark));
        var own = ancestry();
        return Stream.concat(recorded, marked)
                .distinct()
                .filter(process -> !own.contains(process.pid()))
                .toList();
    }

    private static List<Long> ancestry() {
        return Stream.iterate(
                        Optional.of(ProcessHandle.current()),
                        Optional::isPresent,
                        p -> p.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean carries(long pid, String mark) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return environment.startsWith(mark + "\0") || environment.contains("\0" + mark + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks each to end, kills those that do not within five seconds, and returns how many there were. */
    public static int end(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var process : processes) {
            if (!endsBefore(process, deadline)) {
                process.destroyForcibly();
                endsBefore(process, System.nanoTime() + PATIENCE.toNanos());
            }
        }
        return processes.size();
    }

    // Polled, because the ends of processes that are not our children cannot be waited for, and a zombie never goes.
    private static boolean endsBefore(ProcessHandle process, long deadline) {
        while (ProcessId.of(process).isPresent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }
}
