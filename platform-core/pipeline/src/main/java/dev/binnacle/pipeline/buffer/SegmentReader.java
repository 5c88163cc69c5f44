package dev.binnacle.pipeline.buffer;

import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.util.List;

/** Reads the samples of one segment, which may still grow. */
final class SegmentReader implements AutoCloseable {
    private final Segment segment;
    private final FrameReader frames;
    private List<Sample> frame = List.of();
    private int used;

    private SegmentReader(Segment segment, FrameReader frames) {
        this.segment = segment;
        this.frames = frames;
    }

    /** Opens a segment in the middle; what its counter says was read is not touched. */
    static SegmentReader at(Segment segment, Place place) throws IOException {
        segment.series.load();
        var reader = new SegmentReader(segment, new FrameReader(segment.path, place.offset()));
        if (place.used() > 0 && reader.nextFrame()) {
            reader.used = Math.min(place.used(), reader.frame.size());
        }
        return reader;
    }

    Segment segment() {
        return segment;
    }

    /** Tells whether there is a sample to read. */
    boolean hasNext() throws IOException {
        while (used == frame.size()) {
            if (!nextFrame()) {
                return false;
            }
        }
        return true;
    }

    /** Adds samples to {@code batch}, until there are {@code most} or no more. */
    void read(int most, List<Sample> batch) throws IOException {
        while (batch.size() < most && hasNext()) {
            int end = Math.min(frame.size(), used + most - batch.size());
            batch.addAll(frame.subList(used, end));
            segment.read += end - used;
            used = end;
        }
    }

    /** Returns the sample behind what was read, of which {@link #hasNext} says that it is there. */
    Sample next() {
        return frame.get(used);
    }

    /** Takes the last {@code count} samples as unread; false when they are too far behind. */
    boolean back(int count) {
        if (count > used) {
            return false;
        }
        used -= count;
        segment.read -= count;
        return true;
    }

    /** Returns the place behind what was read. */
    Place place() {
        return new Place(segment.number, frames.start(), used);
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }

    private boolean nextFrame() throws IOException {
        byte[] content = frames.read(segment.bytes);
        if (content == null) {
            return false;
        }
        frame = SampleCodec.read(content, segment.series::get);
        used = 0;
        return true;
    }
}
