package dev.binnacle.pipeline.buffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Looks at the files that a process before this one has left. */
final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private static final Pattern SAMPLES = Pattern.compile("(\\d{10})-(\\d{6})\\.samples");

    private final Path folder;
    private final Map<Integer, SeriesFile> generations = new TreeMap<>();
    private final Map<Integer, BitSet> readable = new TreeMap<>();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long expected = -1;
    private long lost;
    private int damaged;

    private Recovery(Path folder) {
        this.folder = folder;
    }

    /** Reads every segment from {@code delivered} on; those before it are deleted. */
    static Recovery of(Path folder, Place delivered) throws IOException {
        var recovery = new Recovery(folder);
        for (Path path : files(folder)) {
            var name = SAMPLES.matcher(path.getFileName().toString());
            if (!name.matches() || FileHead.read(path).version() != FileHead.VERSION) {
                LOG.log(Level.WARNING, "not a file of this version of the buffer, left as it is file={0}", path);
            } else if (Long.parseLong(name.group(1)) < delivered.segment()) {
                Files.delete(path);
            } else {
                recovery.scan(Long.parseLong(name.group(1)), Integer.parseInt(name.group(2)), delivered);
            }
        }
        return recovery;
    }

    Deque<Segment> segments() {
        return segments;
    }

    /** Returns how many samples were in places that cannot be read any more. */
    long lost() {
        return lost;
    }

    /** Returns how many places there were that cannot be read any more. */
    int damaged() {
        return damaged;
    }

    /** Returns the number after the highest that a sample has. */
    long next() {
        return Math.max(0, expected);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".samples"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void scan(long number, int generation, Place delivered) throws IOException {
        var series = generation(generation);
        var segment = new Segment(folder, number, series);
        segment.bytes = Files.size(segment.path);
        follow(FileHead.read(segment.path).first());
        try (var frames = new FrameReader(segment.path, FileHead.SIZE)) {
            for (byte[] content = frames.read(segment.bytes); content != null; content = frames.read(segment.bytes)) {
                scan(segment, content, frames.start(), delivered);
            }
            damaged += frames.damaged();
        }
        segments.add(segment);
    }

    private void scan(Segment segment, byte[] content, long start, Place delivered) {
        follow(SampleCodec.first(content));
        int count = SampleCodec.count(content);
        expected += count;
        int known = known(content, segment.series.generation());
        lost += count - known;
        segment.samples += known;
        if (segment.number == delivered.segment() && start <= delivered.offset()) {
            segment.read += start < delivered.offset() ? known : Math.min(known, delivered.used());
        }
    }

    /** The next sample is the one with this number: those between the last one and it cannot be read. */
    private void follow(long first) {
        if (first < 0) {
            return;
        }
        lost += expected < 0 ? 0 : Math.max(0, first - expected);
        expected = first;
    }

    private int known(byte[] content, int generation) {
        return SampleCodec.countKnown(content, readable.getOrDefault(generation, new BitSet())::get);
    }

    private SeriesFile generation(int number) throws IOException {
        var known = generations.get(number);
        if (known == null) {
            known = SeriesFile.existing(folder, number);
            generations.put(number, known);
            readable.put(number, known.readableNumbers());
        }
        return known;
    }
}
