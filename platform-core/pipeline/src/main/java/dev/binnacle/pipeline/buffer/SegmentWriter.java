package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;

/** Writes samples to the end of one segment, their series before them. */
final class SegmentWriter {
    private final Segment segment;
    private final RandomAccessFile file;
    private final Bytes pending = new Bytes();
    private int[] numbers = new int[0];

    /** Begins a segment whose first sample has the number {@code first}. */
    SegmentWriter(Segment segment, long first) throws IOException {
        this.segment = segment;
        this.file = new RandomAccessFile(segment.path.toFile(), "rw");
        FileHead.write(pending, first);
    }

    Segment segment() {
        return segment;
    }

    /** Makes the bytes of {@code samples}, and returns how many there are to write. */
    long encode(List<Sample> samples, long first) {
        for (int from = 0; from < samples.size(); from += SampleCodec.MOST) {
            var part = samples.subList(from, Math.min(samples.size(), from + SampleCodec.MOST));
            int frame = Frames.begin(pending);
            SampleCodec.write(first + from, part, numbers(part), pending);
            Frames.end(pending, frame);
        }
        return pending.size();
    }

    /** Writes what was encoded: when this returns, a process that is killed does not lose it. */
    void flush(int samples) throws IOException {
        segment.series.flush();
        file.seek(segment.bytes);
        file.write(pending.array(), 0, pending.size());
        segment.bytes += pending.size();
        segment.samples += samples;
        pending.clear();
    }

    /** Takes back what a failed {@link #flush} may have left behind the segment's end, and closes the file. */
    void abandon() {
        try (file) {
            file.setLength(segment.bytes);
        } catch (IOException e) {
            // What is left there is not a whole frame, or is read once more than needed.
        }
    }

    /** Brings everything to the disk itself, and closes the file. */
    void close() throws IOException {
        try (file) {
            file.getFD().sync();
        }
    }

    private int[] numbers(List<Sample> samples) {
        if (numbers.length < samples.size()) {
            numbers = new int[samples.size()];
        }
        for (int i = 0; i < samples.size(); i++) {
            numbers[i] = segment.series.number(samples.get(i).series());
        }
        return numbers;
    }
}
