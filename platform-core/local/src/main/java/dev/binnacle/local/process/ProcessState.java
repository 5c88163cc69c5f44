package dev.binnacle.local.process;

import dev.binnacle.local.instance.ProcessId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A supervised process at one moment.
 *
 * @param phase what is going on
 * @param id who it is; null while no process runs
 * @param restarts how often it was started again since the launcher started it first
 * @param lastEnd how the last run ended, for example {@code exit code 1}; null before the first end
 * @param lastLines the end of its log when it is failing, else empty
 */
public record ProcessState(
        String name,
        Phase phase,
        @Nullable ProcessId id,
        int restarts,
        @Nullable String lastEnd,
        List<String> lastLines) {
    /** What is going on with a process. */
    public enum Phase {
        /** It runs. */
        RUNNING,
        /** It ended by itself and will be started again after a pause. */
        WAITING,
        /** As waiting, after so many quick crashes that somebody should look. */
        FAILING,
        /** Somebody else runs in its place for a while. */
        HELD,
        /** It was asked to stop. */
        STOPPED
    }

    public ProcessState {
        lastLines = List.copyOf(lastLines);
    }

    /** Returns the process number, 0 while none runs. */
    public long pid() {
        return id == null ? 0 : id.pid();
    }
}
