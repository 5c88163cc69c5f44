package dev.binnacle.local.engine;

import dev.binnacle.local.Progress;
import dev.binnacle.local.engine.EngineSource.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the user how a download goes, by the size of the folder it fills. */
final class Download {
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final long MEGABYTE = 1_000_000;

    private Download() {}

    /** Runs {@code work} and meanwhile says every three seconds how much {@code folder} holds. */
    static <T> T watched(Progress progress, String what, Path folder, EngineSource.Step<T> work)
            throws UnavailableException, IOException, InterruptedException {
        var done = new CountDownLatch(1);
        var reporter = Thread.ofVirtual().start(() -> report(progress, what, folder, done));
        try {
            return work.run();
        } finally {
            done.countDown();
            reporter.join();
        }
    }

    private static void report(Progress progress, String what, Path folder, CountDownLatch done) {
        try {
            while (!done.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.line("  " + what + ": " + Folders.size(folder) / MEGABYTE + " MB so far");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
