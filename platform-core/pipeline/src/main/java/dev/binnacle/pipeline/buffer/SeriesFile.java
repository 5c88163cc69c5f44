package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of one generation, each with a number, in a file and, as long as somebody reads or writes it, in memory. */
final class SeriesFile {
    private final int generation;
    private final Path path;
    private final Map<Series, Integer> numbers = new HashMap<>();
    private final Bytes pending = new Bytes();
    private @Nullable List<@Nullable Series> known;
    private @Nullable RandomAccessFile out;
    private long bytes;
    private int expected;

    private SeriesFile(Path folder, int generation) {
        this.generation = generation;
        this.path = path(folder, generation);
    }

    static Path path(Path folder, int generation) {
        return folder.resolve(String.format("%06d.series", generation));
    }

    static SeriesFile create(Path folder, int generation) throws IOException {
        var made = new SeriesFile(folder, generation);
        made.known = new ArrayList<>();
        made.out = new RandomAccessFile(made.path.toFile(), "rw");
        FileHead.write(made.pending, 0);
        return made;
    }

    static SeriesFile existing(Path folder, int generation) throws IOException {
        var found = new SeriesFile(folder, generation);
        found.bytes = Files.exists(found.path) ? Files.size(found.path) : 0;
        return found;
    }

    int generation() {
        return generation;
    }

    long bytes() {
        return bytes;
    }

    /** Returns how many bytes {@link #flush} would write. */
    long pending() {
        return pending.size();
    }

    /** Returns the series' number; a new series is written by the next {@link #flush}. */
    @SuppressWarnings("ReferenceEquality") // a guess, which is right when it is the same object
    int number(Series series) {
        var all = loaded();
        // Series come in the order in which they came first, mostly; then nothing has to be looked up.
        if (expected < all.size() && all.get(expected) == series) {
            return expected++;
        }
        int found = lookUp(series, all);
        expected = found + 1;
        return found;
    }

    private int lookUp(Series series, List<@Nullable Series> all) {
        return numbers.computeIfAbsent(series, added -> {
            int frame = Frames.begin(pending);
            SeriesCodec.write(all.size(), added, pending);
            Frames.end(pending, frame);
            all.add(added);
            return all.size() - 1;
        });
    }

    void flush() throws IOException {
        var file = out;
        if (file != null && pending.size() > 0) {
            file.seek(bytes);
            file.write(pending.array(), 0, pending.size());
            bytes += pending.size();
            pending.clear();
        }
    }

    /** Returns the series with this number; null when it was lost. */
    @Nullable
    Series get(int number) {
        var all = loaded();
        return number < all.size() ? all.get(number) : null;
    }

    /** Reads the file from disk, when its content is not there. */
    void load() throws IOException {
        if (known != null) {
            return;
        }
        var all = new ArrayList<@Nullable Series>();
        scan(content -> {
            int number = SeriesCodec.number(content);
            while (all.size() <= number) {
                all.add(null);
            }
            all.set(number, readable(content));
        });
        known = all;
    }

    /** Returns the numbers of the series that can be read. */
    BitSet readableNumbers() throws IOException {
        var found = new BitSet();
        scan(content -> {
            if (readable(content) != null) {
                found.set(SeriesCodec.number(content));
            }
        });
        return found;
    }

    /** Nobody adds to it any more; to the disk, with {@code sync}. */
    void endWriting(boolean sync) throws IOException {
        numbers.clear();
        var file = out;
        out = null;
        if (file != null) {
            try (file) {
                if (sync) {
                    file.getFD().sync();
                }
            }
        }
    }

    boolean isWritten() {
        return out != null;
    }

    void delete() throws IOException {
        endWriting(false);
        Files.deleteIfExists(path);
    }

    private interface Taker {
        void take(byte[] content);
    }

    private void scan(Taker taker) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var frames = new FrameReader(path, FileHead.SIZE)) {
            for (byte[] content = frames.read(bytes); content != null; content = frames.read(bytes)) {
                taker.take(content);
            }
        }
    }

    /** A later version may know types that this one does not. */
    private static @Nullable Series readable(byte[] content) {
        try {
            return SeriesCodec.read(content);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private List<@Nullable Series> loaded() {
        var all = known;
        if (all == null) {
            throw new IllegalStateException(path + " is not loaded");
        }
        return all;
    }
}
