package dev.binnacle.plugins;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs every call into one plugin: on the plugin's few threads, with its class loader as context, within a time limit.
 *
 * <p>Platform threads, because virtual ones that spin would stop all others on a small machine. A call that exceeds its
 * limit is interrupted; if it goes on all the same it is abandoned: nobody waits for it, and its thread is lost
 * to the plugin until it ends.
 */
final class Guard implements AutoCloseable {
    private static final int WAITING_CALLS = 64;

    private final String plugin;
    private final ClassLoader loader;
    private final CallMarks.Mark mark;
    private final ThreadPoolExecutor threads;
    private final Set<Thread> abandoned = ConcurrentHashMap.newKeySet();

    Guard(String plugin, ClassLoader loader, int threadCount, CallMarks.Mark mark) {
        this.plugin = plugin;
        this.loader = loader;
        this.mark = mark;
        var numbers = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_CALLS),
                work -> newThread(work, "plugin-" + plugin + "-" + numbers.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns what {@code work} returns.
     *
     * @param gate lets one call of an extension in at a time; released when the work has really ended
     * @throws GateClosedException when it could not begin, because earlier calls hang
     * @throws GuardException when it did not answer in time or threw an error
     * @throws Exception what {@code work} threw
     */
    <T> T call(Duration limit, Gate gate, Callable<T> work) throws Exception {
        if (!gate.enter()) {
            throw new GateClosedException("hangs: its previous call has not returned, although it was interrupted");
        }
        var call = new GuardedCall<>(work, loader, gate, abandoned, mark);
        submit(call, gate);
        try {
            return call.await(limit);
        } catch (TimeoutException e) {
            call.giveUp();
            throw new GuardException("did not answer within " + limit.toMillis() + " ms", null);
        } catch (InterruptedException e) {
            call.giveUp();
            throw e;
        } catch (ExecutionException e) {
            throw thrownBy(e);
        }
    }

    ClassLoader loader() {
        return loader;
    }

    /** Returns how many calls that nobody waits for are still running. */
    int abandonedCalls() {
        return abandoned.size();
    }

    /** Tells whether a call that nobody waits for keeps a core busy, as an endless loop does. */
    boolean spins() {
        return abandoned.stream().anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE);
    }

    /** Interrupts what still runs and lets no call in any more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void submit(GuardedCall<?> call, Gate gate) throws GuardException {
        try {
            threads.execute(call.task());
        } catch (RejectedExecutionException e) {
            gate.leave();
            throw refusal();
        }
    }

    private GuardException refusal() {
        if (threads.isShutdown()) {
            return new GuardException("is stopped", null);
        }
        String taken = "all " + threads.getMaximumPoolSize() + " threads of plugin " + plugin + " are taken";
        return abandoned.isEmpty()
                ? new GuardException("is busy: " + taken, null)
                : new GateClosedException(
                        "hangs: " + taken + ", " + abandoned.size() + " of them by calls that ignore interruption");
    }

    private static Exception thrownBy(ExecutionException failure) {
        return switch (failure.getCause()) {
            // Its own interruption, not the caller's.
            case InterruptedException interrupted -> new GuardException("was interrupted", interrupted);
            case Exception exception -> exception;
            case null -> failure;
            case Throwable error -> new GuardException("threw " + error, error);
        };
    }

    private static Thread newThread(Runnable work, String name) {
        // Inherits nothing: a thread-local of the caller must not keep the caller's class loader, nor the plugin's.
        var thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
