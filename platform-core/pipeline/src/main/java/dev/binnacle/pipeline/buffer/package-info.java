/**
 * Samples on disk, in order, until they are delivered: segments of checksummed frames, and beside them the series that they are of.
 *
 * <p>A folder holds, for each generation {@code G}, {@code G.series} with its series, each once, and {@code G-N.samples} with samples
 * that name them by number; {@code position} says up to where samples were delivered. Every frame has a length and a checksum, so a
 * damaged one costs itself only.
 */
@NullMarked
package dev.binnacle.pipeline.buffer;

import org.jspecify.annotations.NullMarked;
