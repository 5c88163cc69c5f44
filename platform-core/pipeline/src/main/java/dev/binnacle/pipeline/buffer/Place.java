package dev.binnacle.pipeline.buffer;

/**
 * A place between two samples.
 *
 * @param segment the segment's number
 * @param offset where in it a frame begins
 * @param used how many samples of that frame are before the place
 */
record Place(long segment, long offset, int used) {
    static final Place START = new Place(0, FileHead.SIZE, 0);
}
