package dev.binnacle.pipeline;

import dev.binnacle.spi.model.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The samples that wait for one exporter, and the account of all that ever came.
 *
 * <p>One lock guards both, so that the account always adds up. A batch that was taken is still queued, until the exporter's
 * answer decides about it.
 */
final class LaneQueue {
    private final int capacity;
    private final ArrayDeque<Sample> waiting = new ArrayDeque<>();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private List<Sample> taken = List.of();
    private long received;
    private long exported;
    private long failures;

    LaneQueue(int capacity) {
        this.capacity = capacity;
    }

    synchronized void offer(Collection<Sample> samples) {
        received += samples.size();
        waiting.addAll(samples);
        int excess = Math.min(waiting.size(), Math.max(0, waiting.size() + taken.size() - capacity));
        // The newest say most about now, so the oldest make room.
        for (int i = 0; i < excess; i++) {
            waiting.removeFirst();
        }
        count(DropReason.QUEUE_FULL, excess);
        notifyAll();
    }

    /** Waits for samples and returns the oldest ones, or the batch that was put back. */
    synchronized List<Sample> take(int most) throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        var batch = new ArrayList<Sample>(Math.min(most, waiting.size()));
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        taken = List.copyOf(batch);
        return taken;
    }

    synchronized void delivered() {
        exported += taken.size();
        taken = List.of();
        notifyAll();
    }

    /** The batch is done with: so many of its samples did not get through, the others did. */
    synchronized void refused(DropReason reason, int refused) {
        count(reason, refused);
        exported += taken.size() - refused;
        taken = List.of();
        notifyAll();
    }

    /** Puts all but the first {@code size} samples of the batch back to the front, and returns what is left of it. */
    synchronized List<Sample> shorten(int size) {
        taken.subList(size, taken.size()).reversed().forEach(waiting::addFirst);
        taken = List.copyOf(taken.subList(0, size));
        return taken;
    }

    synchronized void failedOnce() {
        failures++;
    }

    /** Puts the batch that was taken last back to the front. */
    synchronized void putBack() {
        taken.reversed().forEach(waiting::addFirst);
        taken = List.of();
        notifyAll();
    }

    synchronized void dropAll(DropReason reason) {
        count(reason, waiting.size());
        waiting.clear();
        notifyAll();
    }

    /** Waits until nothing is queued; gives up after {@code millis}. */
    synchronized void awaitEmpty(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (left > 0 && (!waiting.isEmpty() || !taken.isEmpty())) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    synchronized LaneStats stats() {
        return new LaneStats(received, exported, waiting.size() + taken.size(), dropped, failures);
    }

    private void count(DropReason reason, long samples) {
        if (samples > 0) {
            dropped.merge(reason, samples, Long::sum);
        }
    }
}
