package dev.binnacle.local.pod;

import dev.binnacle.mesh.kubernetes.Workload.Container;
import dev.binnacle.mesh.kubernetes.Workload.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Probes one run of an application, from its start until {@link #close}.
 *
 * <p>Like the kubelet, with one difference: until the application is ready for the first time it is asked four times a second,
 * whatever the probe's period, so that starting does not wait for nothing.
 */
final class ProbeSession implements AutoCloseable {
    private static final Duration EAGER = Duration.ofMillis(250);

    private final ProbeCheck check;
    private final Container container;
    private final String address;
    private final Listener listener;
    private final Thread main;
    private @Nullable Thread liveness;

    /** Hears the verdicts, on the session's threads. */
    interface Listener {
        /** The readiness verdict changed. */
        void readiness(boolean ready);

        /** The application has to be started again; {@code probe} names why. */
        void unhealthy(String probe);
    }

    ProbeSession(ProbeCheck check, Container container, String address, Listener listener) {
        this.check = check;
        this.container = container;
        this.address = address;
        this.listener = listener;
        this.main = Thread.ofVirtual().name("probe-" + address).start(this::run);
    }

    private void run() {
        try {
            if (started()) {
                watchLiveness();
                watchReadiness();
            } else {
                listener.unhealthy("startup");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean started() throws InterruptedException {
        @Nullable Probe probe = container.startup();
        if (probe == null) {
            return true;
        }
        Thread.sleep(Duration.ofSeconds(probe.initialDelaySeconds()));
        long deadline = System.nanoTime()
                + period(probe)
                        .multipliedBy(Math.max(1, probe.failureThreshold()))
                        .toNanos();
        while (!check.passes(probe, address)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(EAGER);
        }
        return true;
    }

    private synchronized void watchLiveness() {
        @Nullable Probe probe = container.liveness();
        if (probe != null) {
            liveness = Thread.ofVirtual().name("liveness-" + address).start(() -> watchLiveness(probe));
        }
    }

    private void watchLiveness(Probe probe) {
        try {
            Thread.sleep(Duration.ofSeconds(probe.initialDelaySeconds()));
            var count = new ProbeCount(probe, true);
            while (count.after(check.passes(probe, address))) {
                Thread.sleep(period(probe));
            }
            listener.unhealthy("liveness");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchReadiness() throws InterruptedException {
        @Nullable Probe probe = container.readiness();
        if (probe == null) {
            listener.readiness(true);
            return;
        }
        var count = new ProbeCount(probe, false);
        boolean before = false;
        boolean everReady = false;
        while (true) {
            boolean now = count.after(check.passes(probe, address));
            if (now != before) {
                listener.readiness(now);
            }
            before = now;
            everReady |= now;
            Thread.sleep(everReady ? period(probe) : EAGER);
        }
    }

    private static Duration period(Probe probe) {
        return Duration.ofSeconds(Math.max(1, probe.periodSeconds()));
    }

    @Override
    public synchronized void close() {
        main.interrupt();
        if (liveness != null) {
            liveness.interrupt();
        }
    }
}
