package dev.binnacle.pipeline;

import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Sample;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs one collector at a steady pace, on a thread of its own. */
final class CollectorLoop {
    private static final System.Logger LOG = System.getLogger(CollectorLoop.class.getName());
    private static final Duration END = Duration.ofSeconds(10);

    private final String id;
    private final Collector collector;
    private final Duration interval;
    private final InstantSource clock;
    private final Consumer<List<Sample>> sink;
    private final Consumer<UnaryOperator<CollectorStats>> account;
    private final Thread thread;
    private boolean failing;

    CollectorLoop(
            String id,
            Collector collector,
            Duration interval,
            InstantSource clock,
            Consumer<List<Sample>> sink,
            Consumer<UnaryOperator<CollectorStats>> account) {
        this.id = id;
        this.collector = collector;
        this.interval = interval;
        this.clock = clock;
        this.sink = sink;
        this.account = account;
        this.thread = Thread.ofVirtual().name("collector-" + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the loop: nobody calls the collector any more when this returns. */
    void stop() {
        thread.interrupt();
        try {
            if (!thread.join(END)) {
                LOG.log(Level.WARNING, "collector thread does not end collector={0}", id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long next = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                collect();
                next += interval.toNanos();
                next += skipMissed(next);
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            // Stopped.
        }
    }

    private void collect() throws InterruptedException {
        long begun = System.nanoTime();
        try {
            take(collector.collect(clock.instant()), begun);
            if (failing) {
                LOG.log(Level.INFO, "collector recovered id={0}", id);
            }
            failing = false;
        } catch (CollectionException | RuntimeException e) {
            if (e instanceof CollectionException part && !part.seen().isEmpty()) {
                take(part.seen(), begun);
            } else {
                account.accept(stats -> stats.afterFailure(since(begun)));
            }
            // Once per outage; the counter tells how long it lasts.
            if (!failing) {
                LOG.log(Level.WARNING, "collector failed id=" + id + " next=" + interval, e);
            }
            failing = true;
        }
    }

    private void take(List<Sample> samples, long begun) {
        sink.accept(samples);
        account.accept(stats -> stats.afterSuccess(samples.size(), since(begun)));
    }

    /** Returns how far ahead the next run moves when its time has passed already. */
    private long skipMissed(long next) {
        long late = System.nanoTime() - next;
        if (late <= 0) {
            return 0;
        }
        long missed = late / interval.toNanos() + 1;
        account.accept(stats -> stats.afterSkipping(missed));
        return missed * interval.toNanos();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
