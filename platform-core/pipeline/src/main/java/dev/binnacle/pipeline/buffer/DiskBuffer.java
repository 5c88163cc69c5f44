package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples in a folder, first in, first out, until they are acknowledged. A process that is killed loses none that
 * {@link #append} has taken, and the next one reads at most one batch again.
 *
 * <p>What is appended is with the operating system when {@code append} returns, and on the disk itself when its segment is full or the
 * buffer is closed: a machine that loses power may lose the last segment.
 *
 * <p>For one thread at a time, and one process: a second one is refused.
 */
public final class DiskBuffer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DiskBuffer.class.getName());
    private static final int SEGMENTS = 16;
    private static final int GENERATIONS = 4;

    /**
     * Where a batch begins that was read and is not decided about.
     *
     * @param count how many samples it has
     */
    private record Reading(Segment segment, Place from, int count) {}

    private final Path folder;
    private final long limit;
    private final RandomAccessFile lockFile;
    private final PlaceFile places;
    private final Deque<Segment> segments;
    private long damagedSamples;
    private long droppedSamples;
    private @Nullable SegmentWriter writer;
    private @Nullable SegmentReader reader;
    private @Nullable Reading reading;
    private Place delivered;
    private long next;
    private long nextSegment = 1;
    private int nextGeneration = 1;

    private DiskBuffer(
            Path folder, long limit, RandomAccessFile lockFile, PlaceFile places, Place delivered, Recovery found)
            throws IOException {
        this.folder = folder;
        this.limit = limit;
        this.lockFile = lockFile;
        this.places = places;
        this.delivered = delivered;
        this.segments = found.segments();
        this.damagedSamples = found.lost();
        this.next = found.next();
        for (var segment : segments) {
            nextSegment = segment.number + 1;
            nextGeneration = Math.max(nextGeneration, segment.series.generation() + 1);
        }
        nextSegment = Math.max(nextSegment, delivered.segment() + 1);
        deleteSeriesOfNobody();
        if (found.damaged() > 0 || found.lost() > 0) {
            LOG.log(
                    Level.WARNING,
                    "buffer was damaged folder={0} places={1} samples={2}",
                    folder,
                    found.damaged(),
                    found.lost());
        }
    }

    /**
     * Opens the buffer in {@code folder}, which is made when it is missing.
     *
     * @param limit the most bytes of its files; the oldest samples make room
     * @throws IOException when the folder cannot be used, or another process uses it
     */
    public static DiskBuffer open(Path folder, long limit) throws IOException {
        Files.createDirectories(folder);
        var lockFile = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
        try {
            FileLock lock = lockFile.getChannel().tryLock();
            if (lock == null) {
                throw new IOException("another process uses the buffer " + folder);
            }
            return open(folder, limit, lockFile);
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw new IOException("the buffer is in use: " + folder, e);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static DiskBuffer open(Path folder, long limit, RandomAccessFile lockFile) throws IOException {
        var places = PlaceFile.open(folder);
        try {
            var delivered = places.read().orElse(Place.START);
            return new DiskBuffer(folder, limit, lockFile, places, delivered, Recovery.of(folder, delivered));
        } catch (IOException e) {
            places.close();
            throw e;
        }
    }

    /**
     * Adds samples at the end; the oldest make room.
     *
     * @throws IOException when they cannot be written; none of them is in the buffer then
     */
    public void append(List<Sample> samples) throws IOException {
        try {
            var to = writer();
            makeRoom(to.encode(samples, next) + to.segment().series.pending());
            to.flush(samples.size());
            next += samples.size();
            endWhenFull(to);
        } catch (IOException e) {
            abandonWriter();
            throw e;
        }
    }

    /**
     * Returns the oldest samples, at most {@code most}, and fewer when {@linkplain Parts parts} of one histogram would come apart; they
     * count as unread again after {@link #rewind}.
     */
    public List<Sample> read(int most) throws IOException {
        var from = readerWithSamples();
        if (from == null) {
            return List.of();
        }
        from.hasNext();
        var place = from.place();
        var batch = new ArrayList<Sample>(most);
        from.read(most, batch);
        if (from.hasNext()) {
            shorten(batch, Parts.whole(batch, from.next()), from, place);
        }
        reading = new Reading(from.segment(), place, batch.size());
        return Collections.unmodifiableList(batch);
    }

    private void shorten(List<Sample> batch, int size, SegmentReader from, Place begin) throws IOException {
        if (from.back(batch.size() - size)) {
            batch.subList(size, batch.size()).clear();
            return;
        }
        from.segment().read -= batch.size();
        batch.clear();
        openReader(from.segment(), begin).read(size, batch);
    }

    /** What was read last is delivered, or given up. */
    public void acknowledge() throws IOException {
        var from = reader;
        if (reading == null || from == null) {
            return;
        }
        reading = null;
        delivered = from.place();
        places.write(delivered);
        while (!segments.isEmpty() && segments.getFirst() != from.segment()) {
            delete(segments.removeFirst());
        }
    }

    /** What was read last is read again. */
    public void rewind() throws IOException {
        var again = reading;
        if (again == null) {
            return;
        }
        reading = null;
        again.segment().read -= again.count();
        openReader(again.segment(), again.from());
    }

    /** Returns how many samples nobody has read, those of a batch under way not included. */
    public long unread() {
        long sum = 0;
        for (var segment : segments) {
            sum += segment.unread();
        }
        return sum;
    }

    /** Returns the bytes of all files. */
    public long bytes() {
        long sum = 0;
        SeriesFile last = null;
        for (var segment : segments) {
            sum += segment.bytes + (segment.series == last ? 0 : segment.series.bytes());
            last = segment.series;
        }
        return sum;
    }

    /** Returns how many samples made room since this was asked last. */
    public long takeDropped() {
        long found = droppedSamples;
        droppedSamples = 0;
        return found;
    }

    /** Returns how many samples were found to be damaged since this was asked last, as far as that can be told. */
    public long takeDamaged() {
        long found = damagedSamples;
        damagedSamples = 0;
        return found;
    }

    /** Brings everything to the disk and lets go of the folder. What is unread is there when it is opened again. */
    @Override
    public void close() throws IOException {
        try (lockFile;
                places) {
            rewind();
            endWriter(true);
        } finally {
            closeReader();
        }
    }

    /** Lets go of the folder and deletes it with everything in it. */
    public void delete() throws IOException {
        close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private SegmentWriter writer() throws IOException {
        var open = writer;
        if (open != null) {
            return open;
        }
        var last = segments.peekLast();
        boolean goesOn = last != null && last.series.isWritten() && last.series.bytes() < limit / GENERATIONS;
        if (last != null && !goesOn) {
            last.series.endWriting(true);
        }
        var series = goesOn && last != null ? last.series : SeriesFile.create(folder, nextGeneration++);
        try {
            var made = new SegmentWriter(new Segment(folder, nextSegment++, series), next);
            segments.add(made.segment());
            writer = made;
            return made;
        } catch (IOException e) {
            series.endWriting(false);
            throw e;
        }
    }

    private void endWhenFull(SegmentWriter to) throws IOException {
        if (to.segment().bytes > limit / SEGMENTS || to.segment().series.bytes() >= limit / GENERATIONS) {
            endWriter(false);
        }
    }

    private void endWriter(boolean last) throws IOException {
        var open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
        var segment = segments.peekLast();
        if (last && segment != null) {
            segment.series.endWriting(true);
        }
    }

    /** Nothing more goes into a generation of which it is not known what of it is on disk. */
    private void abandonWriter() {
        var open = writer;
        writer = null;
        if (open == null) {
            return;
        }
        open.abandon();
        try {
            open.segment().series.endWriting(false);
            if (open.segment().samples == 0) {
                segments.remove(open.segment());
                delete(open.segment());
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a file of the buffer is left behind folder=" + folder, e);
        }
    }

    private void makeRoom(long more) throws IOException {
        while (bytes() + more > limit) {
            var victim = oldest();
            if (victim == null) {
                throw new IOException("no room for " + more + " bytes in " + limit);
            }
            droppedSamples += victim.unread();
            var from = reader;
            if (from != null && from.segment() == victim) {
                closeReader();
            }
            segments.remove(victim);
            delete(victim);
        }
    }

    /** Returns the oldest segment that is neither being written nor has a batch under way. */
    private @Nullable Segment oldest() {
        var busy = reading;
        var open = writer;
        for (var segment : segments) {
            if ((busy == null || busy.segment() != segment) && (open == null || open.segment() != segment)) {
                return segment;
            }
        }
        return null;
    }

    private void delete(Segment segment) throws IOException {
        Files.deleteIfExists(segment.path);
        boolean used = segments.stream().anyMatch(other -> other.series == segment.series);
        if (!used) {
            segment.series.delete();
        }
    }

    private @Nullable SegmentReader readerWithSamples() throws IOException {
        for (var segment : List.copyOf(segments)) {
            if (segment.unread() > 0) {
                var open = reader;
                var wanted =
                        open != null && open.segment() == segment ? open : openReader(segment, firstPlace(segment));
                if (wanted.hasNext()) {
                    return wanted;
                }
                // Readable when the buffer was opened, and no more.
                damagedSamples += segment.unread();
                segment.read = segment.samples;
            }
        }
        return null;
    }

    private Place firstPlace(Segment segment) {
        return delivered.segment() == segment.number ? delivered : new Place(segment.number, FileHead.SIZE, 0);
    }

    private SegmentReader openReader(Segment segment, Place place) throws IOException {
        closeReader();
        var opened = SegmentReader.at(segment, place);
        reader = opened;
        return opened;
    }

    private void closeReader() throws IOException {
        var open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    private void deleteSeriesOfNobody() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".series")).toList()) {
                boolean used = segments.stream()
                        .anyMatch(segment -> SeriesFile.path(folder, segment.series.generation())
                                .equals(file));
                if (!used && FileHead.read(file).version() == FileHead.VERSION) {
                    Files.delete(file);
                }
            }
        }
    }
}
