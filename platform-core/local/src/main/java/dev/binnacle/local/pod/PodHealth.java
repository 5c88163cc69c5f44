package dev.binnacle.local.pod;

import java.util.function.Consumer;

/** Whether a pod is ready: its application by its own probe, and its sidecar by Envoy's. Thread-safe. */
final class PodHealth {
    private final Consumer<Boolean> onChange;
    private boolean application;
    private boolean sidecar;
    private boolean told;

    /** Starts unready; a part the pod does not have counts as ready. */
    PodHealth(boolean hasApplication, boolean hasSidecar, Consumer<Boolean> onChange) {
        this.application = !hasApplication;
        this.sidecar = !hasSidecar;
        this.onChange = onChange;
    }

    synchronized void application(boolean ready) {
        application = ready;
        tell();
    }

    synchronized void sidecar(boolean ready) {
        sidecar = ready;
        tell();
    }

    synchronized boolean applicationReady() {
        return application;
    }

    synchronized boolean ready() {
        return application && sidecar;
    }

    private void tell() {
        if (ready() != told) {
            told = ready();
            onChange.accept(told);
        }
    }
}
