package dev.binnacle.plugins;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One call into a plugin, which can be given up before it begins, while it runs, or too late. */
final class GuardedCall<T> extends FutureTask<T> {
    private enum Phase {
        WAITING,
        RUNNING,
        ABANDONED,
        ENDED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final ClassLoader loader;
    private final Gate gate;
    private final AtomicInteger abandoned;

    GuardedCall(Callable<T> work, ClassLoader loader, Gate gate, AtomicInteger abandoned) {
        super(work);
        this.loader = loader;
        this.gate = gate;
        this.abandoned = abandoned;
    }

    @Override
    public void run() {
        if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
            return;
        }
        var thread = Thread.currentThread();
        thread.setContextClassLoader(loader);
        try {
            super.run();
        } finally {
            thread.setContextClassLoader(null);
            if (phase.getAndSet(Phase.ENDED) == Phase.ABANDONED) {
                abandoned.decrementAndGet();
            }
            gate.leave();
        }
    }

    /** Interrupts the work; from now on nobody waits for it. */
    void giveUp() {
        if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
            gate.leave();
        } else {
            abandoned.incrementAndGet();
            if (!phase.compareAndSet(Phase.RUNNING, Phase.ABANDONED)) {
                abandoned.decrementAndGet();
            }
        }
        cancel(true);
    }
}
