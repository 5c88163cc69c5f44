package dev.binnacle.loadgenerator;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Fires what the plan says when the pace says so, on one thread of its own.
 *
 * <p>The schedule is open: a slow answer does not delay the next request, and a request that goes out late is measured
 * from when it was due. Otherwise the generator would go easy on the system exactly when it is slow ("coordinated
 * omission").
 */
final class Generator implements AutoCloseable {
    /** A machine that slept does not get all it missed at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LONGEST_NAP = Duration.ofMillis(100);
    private static final Duration BETWEEN_KNOCKS = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger(Generator.class);

    private final Plan plan;
    private final Gun gun;
    private final LoadMetrics metrics;
    private final Thread thread;
    private volatile Pace pace;
    private volatile boolean closed;
    private volatile boolean waiting = true;

    /** A generator that begins once its target answers: what fails before the shop has opened says nothing about it. */
    Generator(Plan plan, double rate, Gun gun, LoadMetrics metrics) {
        this.plan = plan;
        this.gun = gun;
        this.metrics = metrics;
        this.pace = new Pace(System.nanoTime(), rate, 0);
        metrics.show("loadgen.rate", "Requests per second that are wanted", () -> pace.rate());
        metrics.show("loadgen.waiting", "1 until the target has answered for the first time", () -> waiting ? 1 : 0);
        metrics.show("loadgen.in.flight", "Requests under way", gun::inFlight);
        this.thread = Thread.ofPlatform().name("load-generator").daemon().start(this::run);
    }

    /** Returns the requests per second that are wanted. */
    double rate() {
        return pace.rate();
    }

    /**
     * Changes the rate from now on.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    synchronized void rate(double rate) {
        pace = new Pace(System.nanoTime(), rate, 0);
        LockSupport.unpark(thread);
    }

    /** Returns whether the thread that fires is alive. */
    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        gun.close();
    }

    private void run() {
        try {
            while (!closed && !gun.isTargetOpen()) {
                Thread.sleep(BETWEEN_KNOCKS);
            }
        } catch (InterruptedException e) {
            return;
        }
        waiting = false;
        rate(pace.rate());
        while (!closed) {
            try {
                step();
            } catch (RuntimeException e) {
                LOG.error("a request could not be sent", e);
            }
        }
    }

    private void step() {
        var current = pace;
        long now = System.nanoTime();
        long wait = current.isRunning() ? current.dueNanos() - now : LONGEST_NAP.toNanos();
        if (wait > 0) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_NAP.toNanos()));
            return;
        }
        long missed = current.missed(now, PATIENCE);
        if (missed > 0) {
            metrics.lost("missed", missed);
            advance(current, current.skip(missed));
            return;
        }
        advance(current, current.next());
        gun.fire(plan.next(), current.dueNanos());
    }

    // A rate that was set meanwhile is not undone.
    private synchronized void advance(Pace from, Pace to) {
        if (pace.equals(from)) {
            pace = to;
        }
    }
}
