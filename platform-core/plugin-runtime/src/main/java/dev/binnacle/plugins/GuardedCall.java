package dev.binnacle.plugins;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One call into a plugin, which can be given up before it begins, while it runs, or too late. */
final class GuardedCall<T> implements Callable<T> {
    private enum Phase {
        WAITING,
        RUNNING,
        ABANDONED,
        ENDED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final FutureTask<T> task = new FutureTask<>(this);
    private final Callable<T> work;
    private final ClassLoader loader;
    private final Gate gate;
    private final Set<Thread> abandoned;
    private final CallMarks.Mark mark;
    private volatile @Nullable Thread runner;

    /** Adds its thread to {@code abandoned} while it runs although it was given up. */
    GuardedCall(Callable<T> work, ClassLoader loader, Gate gate, Set<Thread> abandoned, CallMarks.Mark mark) {
        this.mark = mark;
        this.work = work;
        this.loader = loader;
        this.gate = gate;
        this.abandoned = abandoned;
    }

    /** Returns what a thread of the plugin runs. */
    Runnable task() {
        return task;
    }

    T await(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does the work. The gate opens before anybody sees the result, so that the next call finds it open. */
    @Override
    public T call() throws Exception {
        runner = Thread.currentThread();
        if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
            throw new CancellationException("given up before it began");
        }
        var thread = runner;
        if (thread == null) {
            throw new IllegalStateException("runs without a thread");
        }
        thread.setContextClassLoader(loader);
        mark.add(1);
        try {
            return work.call();
        } finally {
            mark.add(-1);
            thread.setContextClassLoader(null);
            if (phase.getAndSet(Phase.ENDED) == Phase.ABANDONED) {
                abandoned.remove(thread);
            }
            gate.leave();
        }
    }

    /** Interrupts the work; from now on nobody waits for it. */
    void giveUp() {
        if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
            gate.leave();
        } else {
            abandon(runner);
        }
        task.cancel(true);
    }

    private void abandon(@Nullable Thread thread) {
        if (thread != null) {
            abandoned.add(thread);
            if (!phase.compareAndSet(Phase.RUNNING, Phase.ABANDONED)) {
                abandoned.remove(thread);
            }
        }
    }
}
