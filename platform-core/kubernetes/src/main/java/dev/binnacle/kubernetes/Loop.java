package dev.binnacle.kubernetes;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Does the same again and again on a thread of its own: when somebody asks for it, and after a pause at the latest. */
final class Loop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosed;

    /** Does nothing yet. */
    Loop(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Has it done soon. */
    void ask() {
        asked.release();
    }

    /** Does it no more, and waits a while for what is being done. */
    @Override
    public void close() {
        isClosed = true;
        asked.release();
        try {
            thread.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, name + " failed", e);
                }
                boolean early = asked.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                if (early) {
                    asked.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
