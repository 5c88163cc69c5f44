package dev.binnacle.pipeline.buffer;

import java.nio.file.Path;

/** One file of samples, and how far it is written and read. */
final class Segment {
    final long number;
    final SeriesFile series;
    final Path path;
    long bytes;
    long samples;
    long read;

    Segment(Path folder, long number, SeriesFile series) {
        this.number = number;
        this.series = series;
        this.path = folder.resolve(String.format("%010d-%06d.samples", number, series.generation()));
    }

    long unread() {
        return samples - read;
    }
}
