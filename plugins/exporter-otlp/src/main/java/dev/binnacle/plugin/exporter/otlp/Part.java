package dev.binnacle.plugin.exporter.otlp;

/**
 * A series as the part of a stream that it is.
 *
 * @param suffix what its name has after the family's
 * @param bound what {@code le} or {@code quantile} says; not a number when there is none
 */
record Part(Stream stream, String suffix, double bound) {}
