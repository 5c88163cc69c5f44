package dev.binnacle.pipeline;

import dev.binnacle.spi.model.Sample;
import java.time.Duration;
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
    private static final long SECOND = 1_000;

    private final Backlog backlog;
    private final Duration linger;
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private List<Sample> taken = List.of();
    private long oldest = System.nanoTime();
    private boolean begun;
    private boolean draining;
    private boolean closed;
    private long kept;
    private long received;
    private long exported;
    private long failures;

    /** Makes a queue that gives what an earlier process left in {@code backlog} first. */
    LaneQueue(Backlog backlog, Duration linger) {
        this.backlog = backlog;
        this.linger = linger;
        countFound();
    }

    synchronized void offer(List<Sample> samples) {
        if (backlog.size() == 0) {
            oldest = System.nanoTime();
        }
        received += samples.size();
        if (closed) {
            count(DropReason.SHUTDOWN, samples.size());
            return;
        }
        count(DropReason.QUEUE_FULL, backlog.add(samples));
        countFound();
        notifyAll();
    }

    /** Waits for so many samples, or until the oldest one has waited for long enough, and returns the oldest ones. */
    synchronized List<Sample> take(int most) throws InterruptedException {
        while (taken.isEmpty()) {
            awaitSome();
            awaitMore(most);
            taken = backlog.take(most);
            begun = true;
            countFound();
            oldest = System.nanoTime();
            if (taken.isEmpty()) {
                wait(SECOND);
            }
        }
        return taken;
    }

    synchronized void delivered() {
        exported += taken.size();
        end();
    }

    /** The batch is done with: so many of its samples did not get through, the others did. */
    synchronized void refused(DropReason reason, int refused) {
        count(reason, refused);
        exported += taken.size() - refused;
        end();
    }

    /** Puts all but the first {@code size} samples of the batch back to the front, and returns what is left of it. */
    synchronized List<Sample> shorten(int size) throws InterruptedException {
        backlog.putBack();
        taken = backlog.take(size);
        return take(size);
    }

    synchronized void failedOnce() {
        failures++;
    }

    /** Puts the batch that was taken last back to the front. */
    synchronized void putBack() {
        backlog.putBack();
        taken = List.of();
        notifyAll();
    }

    /** Drops what does not outlive the process. */
    synchronized void forget(DropReason reason) {
        count(reason, backlog.forget());
        notifyAll();
    }

    /** Drops everything, and the place where it was; returns how many samples there were. */
    synchronized long discard(DropReason reason) {
        long dropped = backlog.discard();
        count(reason, dropped);
        taken = List.of();
        notifyAll();
        return dropped;
    }

    /** Lets go of what it holds; what outlives the process still counts as queued. */
    synchronized void close() {
        closed = true;
        long all = backlog.size() + taken.size();
        taken = List.of();
        long lost = backlog.close();
        count(DropReason.SHUTDOWN, lost);
        kept = all - lost;
    }

    /** Tells whether there is so much room that nobody has to give up. */
    boolean isPatient() {
        return backlog.isPatient();
    }

    /** Waits until nothing is queued; gives up after {@code millis}. */
    synchronized void awaitEmpty(long millis) throws InterruptedException {
        draining = true;
        notifyAll();
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (left > 0 && (backlog.size() > 0 || !taken.isEmpty())) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    synchronized LaneStats stats() {
        long queued = backlog.size() + taken.size() + kept;
        return new LaneStats(received, exported, queued, dropped, failures, backlog.bytes(), backlog.failures());
    }

    private void awaitSome() throws InterruptedException {
        while (backlog.size() == 0) {
            wait();
        }
    }

    private void awaitMore(int most) throws InterruptedException {
        long millis = linger.minusNanos(System.nanoTime() - oldest).toMillis();
        // The first batch waits for nothing: whoever looks whether samples arrive sees it at once.
        while (begun && !draining && backlog.size() < most && millis > 0) {
            wait(millis);
            millis = linger.minusNanos(System.nanoTime() - oldest).toMillis();
        }
    }

    private void end() {
        taken = List.of();
        backlog.done();
        notifyAll();
    }

    private void countFound() {
        received += backlog.takeRecovered();
        count(DropReason.DAMAGED, backlog.takeDamaged());
    }

    private void count(DropReason reason, long samples) {
        if (samples > 0) {
            dropped.merge(reason, samples, Long::sum);
        }
    }
}
