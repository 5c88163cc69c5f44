package dev.binnacle.local.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Names one process for good: a process number is used again, a number with its start is not.
 *
 * @param pid the process number
 * @param startTime on Linux the boot's first digits and the start in clock ticks since then, elsewhere an instant
 */
public record ProcessId(long pid, String startTime) {
    /** Field 22 of {@code /proc/PID/stat}, counted from the state that follows the name in parentheses. */
    private static final int START_FIELD = 19;

    /** Returns the identity of the running process {@code handle}; empty when it ended. */
    public static Optional<ProcessId> of(ProcessHandle handle) {
        return startOf(handle.pid(), handle).map(start -> new ProcessId(handle.pid(), start));
    }

    /** Returns the identity of this JVM. */
    public static ProcessId current() {
        return of(ProcessHandle.current()).orElseThrow();
    }

    /** Returns the process, when it is this very one and still runs. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startOf(pid, handle).filter(startTime::equals).isPresent());
    }

    /** Tells whether this very process still runs. */
    public boolean isAlive() {
        return handle().isPresent();
    }

    private static Optional<String> startOf(long pid, ProcessHandle handle) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            return handle.info().startInstant().map(Instant::toString);
        }
        try {
            String line = Files.readString(stat);
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            boolean gone = fields[0].equals("Z") || fields[0].equals("X");
            return gone ? Optional.empty() : Optional.of(boot() + ":" + fields[START_FIELD]);
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String boot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).substring(0, 8);
    }
}
