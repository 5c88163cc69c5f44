package dev.binnacle.local.launcher;

import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.ProcessId;
import dev.binnacle.local.process.ProcessListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the record of running children on disk, for whoever cleans up after a launcher that was killed. Thread-safe. */
final class Children implements ProcessListener {
    private static final System.Logger LOG = System.getLogger(Children.class.getName());

    private final Path file;
    private final LauncherRecord launcher;
    private final Map<Long, LauncherRecord.Child> running = new TreeMap<>();

    /** Writes the record of a launcher without children to {@code file}. */
    Children(Path file, LauncherRecord launcher) throws IOException {
        this.file = file;
        this.launcher = launcher;
        launcher.write(file);
    }

    @Override
    public synchronized void started(String name, ProcessId id) {
        running.put(id.pid(), new LauncherRecord.Child(name, id.pid(), id.startTime()));
        write();
    }

    @Override
    public synchronized void ended(String name, ProcessId id) {
        running.remove(id.pid());
        write();
    }

    private void write() {
        try {
            new LauncherRecord(
                            launcher.pid(),
                            launcher.startTime(),
                            launcher.control(),
                            launcher.token(),
                            launcher.block(),
                            List.copyOf(running.values()))
                    .write(file);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "launcher record not written file=" + file, e);
        }
    }
}
