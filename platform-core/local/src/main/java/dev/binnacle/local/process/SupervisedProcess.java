package dev.binnacle.local.process;

import dev.binnacle.local.instance.ProcessId;
import dev.binnacle.local.process.ProcessState.Phase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One child process that is kept running until {@link #stop}.
 *
 * <p>Thread-safe. A virtual thread of its own starts the process, waits for its end and starts it again by the {@link
 * RestartPolicy}.
 */
public final class SupervisedProcess {
    private static final int LAST_LINES = 15;

    private final ProcessSpec spec;
    private final RestartPolicy policy;
    private final ProcessListener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by lock.
    private Phase phase = Phase.STOPPED;
    private boolean wanted;
    private boolean stopped;
    private boolean held;
    private @Nullable Process process;
    private @Nullable ProcessId id;
    private @Nullable String lastEnd;
    private @Nullable Thread supervisor;
    private int starts;
    private int quickCrashes;

    public SupervisedProcess(ProcessSpec spec, RestartPolicy policy, ProcessListener listener) {
        this.spec = spec;
        this.policy = policy;
        this.listener = listener;
    }

    /** Returns how it is started. */
    public ProcessSpec spec() {
        return spec;
    }

    /** Starts the process and its supervision; does nothing when it is supervised already, or was stopped. */
    public void start() {
        lock.lock();
        try {
            if (wanted || stopped) {
                return;
            }
            wanted = true;
            phase = Phase.WAITING;
            supervisor = Thread.ofVirtual().name("supervise-" + spec.name()).start(this::supervise);
        } finally {
            lock.unlock();
        }
    }

    private void supervise() {
        while (awaitTurn()) {
            long startedAt = System.nanoTime();
            @Nullable Process running = launch();
            if (running != null) {
                awaitEnd(running);
            }
            Duration lived = Duration.ofNanos(System.nanoTime() - startedAt);
            if (!pauseAfter(lived)) {
                break;
            }
        }
        enter(Phase.STOPPED);
    }

    /** Waits while somebody holds the process; returns whether it is still wanted. */
    private boolean awaitTurn() {
        lock.lock();
        try {
            while (wanted && held) {
                phase = Phase.HELD;
                changed.awaitUninterruptibly();
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Process launch() {
        lock.lock();
        try {
            if (!wanted || held) {
                return null;
            }
            starts++;
            Process started = builder().start();
            process = started;
            id = ProcessId.of(started.toHandle()).orElse(new ProcessId(started.pid(), "ended"));
            phase = Phase.RUNNING;
            changed.signalAll();
            listener.started(spec.name(), id);
            return started;
        } catch (IOException e) {
            lastEnd = "could not be started: " + e.getMessage();
            note(lastEnd);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private ProcessBuilder builder() throws IOException {
        Files.createDirectories(spec.log().toAbsolutePath().getParent());
        var builder = new ProcessBuilder(spec.command()).directory(spec.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        return builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    }

    private void awaitEnd(Process running) {
        // onExit() and not waitFor(): the latter keeps a carrier thread of the virtual threads busy on JDK 21.
        running.onExit().join();
        lock.lock();
        try {
            ProcessId ended = id;
            process = null;
            id = null;
            lastEnd = describeEnd(running.exitValue());
            if (ended != null) {
                listener.ended(spec.name(), ended);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String describeEnd(int exitValue) {
        return exitValue > 128 ? "ended by signal " + (exitValue - 128) : "exit code " + exitValue;
    }

    /** Waits as long as the policy says; returns whether the process is still wanted. */
    private boolean pauseAfter(Duration lived) {
        lock.lock();
        try {
            if (!wanted || held) {
                return wanted;
            }
            quickCrashes = lived.compareTo(policy.stable()) >= 0 ? 1 : quickCrashes + 1;
            phase = quickCrashes >= policy.failingAfter() ? Phase.FAILING : Phase.WAITING;
            long left = policy.pause(quickCrashes).toNanos();
            note(lastEnd + "; starts again in " + policy.pause(quickCrashes).toMillis() + " ms");
            while (wanted && !held && left > 0) {
                left = changed.awaitNanos(left);
            }
            return wanted;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void note(String text) {
        try {
            Files.writeString(
                    spec.log(),
                    "[binnacle] " + spec.name() + ": " + text + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The log is on the same disk as the reason; the state still tells it.
            lastEnd = text + " (and its log cannot be written: " + e.getMessage() + ")";
        }
    }

    private void enter(Phase next) {
        lock.lock();
        try {
            phase = next;
            supervisor = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the running process at once, as a failed liveness probe does; it is started again. */
    public void restart(Duration grace) {
        end(grace);
    }

    /** Ends the process and keeps its place free until {@link #release}. */
    public void hold(Duration grace) {
        lock.lock();
        try {
            held = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        end(grace);
    }

    /** Starts the process again after {@link #hold}. */
    public void release() {
        lock.lock();
        try {
            held = false;
            quickCrashes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the process to end, kills it when it has not after {@code grace}, and starts it no more. */
    public void stop(Duration grace) {
        @Nullable Thread thread;
        lock.lock();
        try {
            wanted = false;
            stopped = true;
            thread = supervisor;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        end(grace);
        join(thread);
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Duration grace) {
        @Nullable Process running = current();
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            running.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.destroyForcibly().onExit().join();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for " + spec.name() + " failed", e);
        }
    }

    private @Nullable Process current() {
        lock.lock();
        try {
            return process;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what it does now. */
    public ProcessState state() {
        lock.lock();
        try {
            boolean show = phase == Phase.FAILING || quickCrashes >= policy.failingAfter();
            List<String> lines = show ? LogEnd.of(spec.log(), LAST_LINES) : List.of();
            return new ProcessState(spec.name(), phase, id, Math.max(0, starts - 1), lastEnd, lines);
        } finally {
            lock.unlock();
        }
    }
}
