package dev.binnacle.pipeline;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The way to one exporter. It outlives the exporter's reload: samples wait meanwhile, and the account goes on.
 *
 * <p>One thread at a time calls the exporter, with one batch at a time, so the order of each series is kept.
 */
final class ExporterLane {
    private static final System.Logger LOG = System.getLogger(ExporterLane.class.getName());
    private static final Duration WORKER_END = Duration.ofSeconds(10);

    private final String id;
    private final PipelineOptions options;
    private final RandomGenerator random;
    private final LaneQueue queue;
    private final BatchSize batchSize;
    private @Nullable Thread worker;
    private long detachedSince;
    private volatile boolean gone;

    ExporterLane(String id, PipelineOptions options, RandomGenerator random, Backlog backlog) {
        this.id = id;
        this.options = options;
        this.random = random;
        this.queue = new LaneQueue(backlog, options.linger());
        this.batchSize = new BatchSize(options.batch());
    }

    /** Lets the exporter have the samples from now on. */
    synchronized void attach(Exporter exporter) {
        detach();
        gone = false;
        worker = Thread.ofVirtual().name("exporter-" + id).start(() -> work(exporter));
    }

    /** Takes the exporter away: nobody calls it any more when this returns. */
    synchronized void detach() {
        var running = worker;
        worker = null;
        detachedSince = System.nanoTime();
        if (running != null) {
            running.interrupt();
            join(running);
        }
    }

    /** Drops what waits; until the exporter comes back it is given nothing. Returns how many samples are dropped. */
    synchronized long discard() {
        detach();
        gone = true;
        return queue.discard(DropReason.EXPORTER_GONE);
    }

    /** Tells whether nobody expects the exporter back. */
    boolean isGone() {
        return gone;
    }

    void offer(List<Sample> samples) {
        queue.offer(samples);
        if (isForsaken()) {
            queue.forget(DropReason.EXPORTER_GONE);
        }
    }

    /** Waits a while for the queue to empty, then drops what is left in memory. */
    void close() {
        try {
            if (isAttached()) {
                queue.awaitEmpty(options.drain().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        detach();
        queue.close();
    }

    LaneStats stats() {
        return queue.stats();
    }

    private void work(Exporter exporter) {
        try {
            while (true) {
                var batch = queue.take(batchSize.most());
                deliver(exporter, batch);
            }
        } catch (InterruptedException e) {
            // Detached: whoever comes next gets the batch again, delivered or not.
            queue.putBack();
        }
    }

    private void deliver(Exporter exporter, List<Sample> taken) throws InterruptedException {
        var batch = taken;
        long begun = System.nanoTime();
        for (int failures = 1; ; failures++) {
            try {
                export(exporter, batch);
                queue.delivered();
                batchSize.fitted();
                logRecovery(failures);
                return;
            } catch (ExportException e) {
                queue.failedOnce();
                if (e.isTooLarge() && batch.size() > 1) {
                    batch = queue.shorten(batchSize.halve(batch.size()));
                    continue;
                }
                if (isOver(e, batch.size(), begun)) {
                    return;
                }
                Duration pause = options.retry().pause(failures, e.retryAfter(), random);
                logFailure(failures, pause, e);
                Thread.sleep(pause);
            }
        }
    }

    private static void export(Exporter exporter, List<Sample> batch) throws ExportException, InterruptedException {
        try {
            exporter.export(batch);
        } catch (RuntimeException e) {
            // An exporter's mistake must not end its lane, and may be over at the next try.
            throw new ExportException(FailureKind.TRANSIENT, "threw " + e, e);
        }
    }

    private boolean isOver(ExportException failure, int size, long begun) {
        if (failure.kind() == FailureKind.PERMANENT) {
            int refused = failure.refusedOf(size);
            LOG.log(Level.ERROR, "samples dropped exporter=" + id + " reason=permanent count=" + refused, failure);
            queue.refused(DropReason.PERMANENT_FAILURE, refused);
            return true;
        }
        var tried = Duration.ofNanos(System.nanoTime() - begun);
        if (!queue.isPatient() && tried.compareTo(options.retry().giveUp()) > 0) {
            LOG.log(Level.ERROR, "samples dropped exporter=" + id + " reason=retries exhausted count=" + size, failure);
            queue.refused(DropReason.RETRIES_EXHAUSTED, size);
            return true;
        }
        return false;
    }

    private void logFailure(int failures, Duration pause, ExportException failure) {
        // Once per batch; the counter tells of the others.
        if (failures == 1) {
            LOG.log(Level.WARNING, "export failed exporter=" + id + " next=" + pause, failure);
        }
    }

    private void logRecovery(int tries) {
        if (tries > 1) {
            LOG.log(Level.INFO, "export recovered exporter={0} tries={1}", id, tries);
        }
    }

    private synchronized boolean isAttached() {
        return worker != null;
    }

    private synchronized boolean isForsaken() {
        return worker == null
                && System.nanoTime() - detachedSince > options.handover().toNanos();
    }

    private void join(Thread running) {
        try {
            if (!running.join(WORKER_END)) {
                LOG.log(Level.WARNING, "exporter thread does not end exporter={0}", id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
