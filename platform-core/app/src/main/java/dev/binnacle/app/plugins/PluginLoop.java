package dev.binnacle.app.plugins;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Loads the plugins beside the application's start, which a hanging plugin must not delay, and looks after them. */
final class PluginLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PluginLoop.class);
    private static final long PAUSE_SECONDS = 1;

    private final Runnable refresh;
    private final Runnable supervise;
    private final boolean watch;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes a loop that has not begun.
     *
     * @param refresh looks for plugins: once, or every second when {@code watch} is set
     * @param supervise looks after the running ones, every second
     */
    PluginLoop(Runnable refresh, Runnable supervise, boolean watch) {
        this.refresh = refresh;
        this.supervise = supervise;
        this.watch = watch;
    }

    void start() {
        Thread.ofPlatform().daemon().name("plugin-loader").start(this::run);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            run("plugins not refreshed", refresh);
            while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                if (watch) {
                    run("plugins not refreshed", refresh);
                }
                run("plugins not supervised", supervise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String failure, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error(failure, e);
        }
    }
}
