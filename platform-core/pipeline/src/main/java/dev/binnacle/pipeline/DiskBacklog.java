package dev.binnacle.pipeline;

import dev.binnacle.pipeline.buffer.DiskBuffer;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples on disk. While the disk takes none, because it is full for example, new ones wait in memory behind those on disk; they move
 * to the disk when it takes some again.
 */
final class DiskBacklog implements Backlog {
    private static final System.Logger LOG = System.getLogger(DiskBacklog.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Buffering buffering;
    private final MemoryBacklog memory;
    private @Nullable DiskBuffer disk;
    private boolean failing;
    private boolean takenFromDisk;
    private long nextTry = System.nanoTime();
    private long failures;
    private long recovered;
    private long damaged;

    DiskBacklog(Buffering buffering, int capacity) {
        this.buffering = buffering;
        this.memory = new MemoryBacklog(capacity);
        try {
            opened();
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public long add(List<Sample> samples) {
        boolean written = mayWrite() && write(samples);
        var open = disk;
        long dropped = open == null ? 0 : open.takeDropped();
        return written ? dropped : dropped + memory.add(samples);
    }

    @Override
    public long size() {
        var open = disk;
        return memory.size() + (open == null ? 0 : open.unread());
    }

    @Override
    public List<Sample> take(int most) {
        var open = disk;
        if (open == null || open.unread() == 0) {
            takenFromDisk = false;
            return memory.take(most);
        }
        try {
            takenFromDisk = true;
            return open.read(most);
        } catch (IOException e) {
            failed(e);
            return List.of();
        }
    }

    @Override
    public void done() {
        var open = disk;
        if (!takenFromDisk || open == null) {
            memory.done();
            return;
        }
        try {
            open.acknowledge();
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void putBack() {
        memory.putBack();
        var open = disk;
        if (open == null) {
            return;
        }
        try {
            open.rewind();
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public long forget() {
        return memory.forget();
    }

    @Override
    public long discard() {
        putBack();
        var open = disk;
        disk = null;
        long dropped = memory.forget() + (open == null ? 0 : open.unread());
        try {
            if (open != null) {
                open.delete();
            }
        } catch (IOException e) {
            failed(e);
        }
        return dropped;
    }

    @Override
    public long close() {
        putBack();
        nextTry = System.nanoTime();
        if (memory.size() > 0) {
            add(List.of());
        }
        var open = disk;
        disk = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            failed(e);
        }
        return memory.forget();
    }

    @Override
    public boolean isPatient() {
        return true;
    }

    @Override
    public long takeRecovered() {
        long found = recovered;
        recovered = 0;
        return found;
    }

    @Override
    public long takeDamaged() {
        var open = disk;
        long found = damaged + (open == null ? 0 : open.takeDamaged());
        damaged = 0;
        return found;
    }

    @Override
    public long bytes() {
        var open = disk;
        return open == null ? 0 : open.bytes();
    }

    @Override
    public long failures() {
        return failures;
    }

    /** A batch under way that is not on disk may come back, and is older than what would be written. */
    private boolean mayWrite() {
        return !memory.isTaken() && (!failing || System.nanoTime() - nextTry >= 0);
    }

    private boolean write(List<Sample> samples) {
        try {
            var all = new ArrayList<>(memory.waiting());
            all.addAll(samples);
            opened().append(all);
            memory.forget();
            works();
            return true;
        } catch (IOException e) {
            failed(e);
            return false;
        }
    }

    private DiskBuffer opened() throws IOException {
        var open = disk;
        if (open == null) {
            open = DiskBuffer.open(buffering.folder(), buffering.bytes());
            disk = open;
            long lost = open.takeDamaged();
            damaged += lost;
            recovered += lost + open.unread();
        }
        return open;
    }

    private void works() {
        if (failing) {
            LOG.log(Level.INFO, "samples are buffered on disk again folder={0}", buffering.folder());
        }
        failing = false;
    }

    /** Said once per outage; the counter tells the rest. */
    private void failed(IOException e) {
        failures++;
        nextTry = System.nanoTime() + PAUSE.toNanos();
        if (!failing) {
            LOG.log(Level.WARNING, "samples are not buffered on disk, but in memory folder=" + buffering.folder(), e);
        }
        failing = true;
    }
}
