package dev.binnacle.pipeline;

/** How many samples a receiver takes at once: half as many each time it says that they are too many, slowly more when it takes them. */
final class BatchSize {
    private static final int STEPS = 100;

    private final int most;
    private int now;

    BatchSize(int most) {
        this.most = most;
        this.now = most;
    }

    int most() {
        return now;
    }

    /** A batch of {@code size} was too large; returns how large it may be now. */
    int halve(int size) {
        now = Math.max(1, size / 2);
        return now;
    }

    void fitted() {
        now = Math.min(most, now + Math.max(1, most / STEPS));
    }
}
