package dev.binnacle.app.plugins;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Loads the plugins beside the application's start, which a hanging plugin must not delay, and watches their folder. */
final class PluginLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PluginLoop.class);
    private static final long WATCH_SECONDS = 2;

    private final Runnable refresh;
    private final boolean watch;
    private final CountDownLatch closed = new CountDownLatch(1);

    PluginLoop(Runnable refresh, boolean watch) {
        this.refresh = refresh;
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
            do {
                refresh();
            } while (watch && !closed.await(WATCH_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh() {
        try {
            refresh.run();
        } catch (RuntimeException e) {
            LOG.error("plugins not refreshed", e);
        }
    }
}
