package dev.binnacle.plugins;

import dev.binnacle.spi.context.Timers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The timers of one extension: a thread of the host counts the time, the plugin's threads do the work. */
final class HostTimers implements Timers, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HostTimers.class.getName());

    private final String extension;
    private final Guarded guarded;
    private final ScheduledThreadPoolExecutor scheduler;

    HostTimers(String extension, Guarded guarded) {
        this.extension = extension;
        this.guarded = guarded;
        // No thread exists until an extension asks for a timer.
        this.scheduler = new ScheduledThreadPoolExecutor(0, work -> daemon(work, "timer-" + extension));
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        scheduler.setCorePoolSize(1);
        var underWay = new AtomicBoolean();
        var gate = Gate.oneAtATime();
        long nanos = period.toNanos();
        var timer =
                scheduler.scheduleAtFixedRate(() -> start(underWay, gate, task), nanos, nanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void start(AtomicBoolean underWay, Gate gate, Runnable task) {
        if (underWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("timer-" + extension).start(() -> {
                try {
                    run(gate, task);
                } finally {
                    underWay.set(false);
                }
            });
        }
    }

    private void run(Gate gate, Runnable task) {
        try {
            guarded.tick(gate, task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "timer failed extension=" + extension, e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
