package dev.binnacle.local.launcher;

import dev.binnacle.local.pod.PodRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Starts pods so that few of them use the processors at the same time: the rest would only get slower.
 *
 * <p>Sidecars wait until the control plane listens, because an Envoy that finds nobody there tries again late.
 */
final class PodStarter {
    private static final Duration TURN = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration CONTROL_PLANE = Duration.ofSeconds(40);

    private final Semaphore turns;
    private final InetSocketAddress controlPlane;

    PodStarter(int atOnce, InetSocketAddress controlPlane) {
        this.turns = new Semaphore(atOnce, true);
        this.controlPlane = controlPlane;
    }

    /** Starts a pod in the background; its place in the queue is taken now. */
    void start(PodRuntime pod) {
        Thread.ofVirtual().name("start-" + pod.pod().id()).start(() -> startSidecar(pod));
        Thread.ofVirtual().name("start-" + pod.pod().id()).start(() -> startApplication(pod));
    }

    private void startApplication(PodRuntime pod) {
        try {
            turns.acquire();
            try {
                pod.startApplication();
                long deadline = System.nanoTime() + TURN.toNanos();
                while (!pod.applicationReady() && System.nanoTime() < deadline) {
                    Thread.sleep(PAUSE);
                }
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startSidecar(PodRuntime pod) {
        try {
            long deadline = System.nanoTime() + CONTROL_PLANE.toNanos();
            while (!listening() && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE);
            }
            pod.startSidecar();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean listening() {
        try (var socket = new Socket()) {
            socket.connect(controlPlane, 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Does {@code work} for all at the same time and returns when all are done. */
    static <T> void together(List<T> all, Consumer<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(each -> threads.execute(() -> work.accept(each)));
        }
    }
}
