package dev.binnacle.xds;

import dev.binnacle.mesh.xds.ProxyResources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The server's one thread, with all open streams and everyone who waits for answers. */
final class AdsLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(AdsLoop.class.getName());
    private static final long GRACE_MILLIS = 1000;
    private static final long TRIAL_MILLIS = 1000;

    private final PilotMetrics metrics;
    private final ScheduledThreadPoolExecutor thread;
    private final Object publishing = new Object();
    private final Map<String, Deque<ProxyStream>> streams = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Map<String, Long> unsettledSince = new HashMap<>();
    private volatile Snapshots state = Snapshots.EMPTY;
    private Trial trial = Trial.NONE;

    AdsLoop(PilotMetrics metrics) {
        this.metrics = metrics;
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("xds").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Executor executor() {
        return thread;
    }

    PilotMetrics metrics() {
        return metrics;
    }

    Publication publish(Map<String, ProxyResources> byNode, Rollout rollout) {
        // Hashing happens on the caller's thread; only the exchange of the state is the loop's.
        synchronized (publishing) {
            var before = state;
            var next = before.next(byNode);
            var publication = next.since(before);
            call(() -> {
                state = next;
                spread(publication, rollout);
                return publication;
            });
            return publication;
        }
    }

    Map<String, Outcome> await(Publication publication, Set<String> live, Duration timeout)
            throws InterruptedException {
        var result = call(() -> {
                    var awaited = new TreeMap<String, Set<ResourceId>>();
                    publication.changes().forEach((node, changes) -> {
                        if (live.contains(node) || stream(node) != null) {
                            awaited.put(node, changes);
                        }
                    });
                    return begin(new Waiter(awaited), timeout);
                })
                .result();
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    List<ProxyStatus> statuses() {
        return call(() -> {
            var nodes = new TreeSet<>(state.nodes().keySet());
            nodes.addAll(streams.keySet());
            return nodes.stream().map(this::status).toList();
        });
    }

    Set<String> connected() {
        return call(() -> new TreeSet<>(streams.keySet()));
    }

    // ---- on the thread ----

    void opened(ProxyStream stream) {
        streams.computeIfAbsent(stream.nodeId(), node -> new ArrayDeque<>()).addFirst(stream);
        metrics.connected(stream.version(), 1);
        LOG.log(Level.DEBUG, "proxy connected node={0}", stream.nodeId());
        var wanted = state.nodes().get(stream.nodeId());
        if (wanted != null) {
            stream.want(wanted);
        }
    }

    void closed(ProxyStream stream) {
        var ofNode = streams.get(stream.nodeId());
        if (ofNode == null || !ofNode.remove(stream)) {
            return;
        }
        if (ofNode.isEmpty()) {
            streams.remove(stream.nodeId());
        }
        metrics.connected(stream.version(), -1);
        unsettledSince.remove(stream.nodeId());
        trial.leaves(stream);
        LOG.log(Level.DEBUG, "proxy disconnected node={0}", stream.nodeId());
    }

    /** Called after each request of {@code stream}: someone may have waited for it. */
    void progressed(ProxyStream stream) {
        if (!stream.equals(stream(stream.nodeId()))) {
            return; // Left over from a connection that broke silently.
        }
        var since = unsettledSince.get(stream.nodeId());
        if (since != null && stream.settled()) {
            unsettledSince.remove(stream.nodeId());
            metrics.converged(System.nanoTime() - since);
        }
        if (!trial.holds(stream.nodeId())) {
            waiters.forEach(waiter -> look(waiter, () -> waiter.lookAt(stream)));
            waiters.removeIf(Waiter::done);
        }
        if (trial.lookAt(stream)) {
            proceed();
        }
    }

    private void spread(Publication publication, Rollout rollout) {
        trial = rollout == Rollout.TRIED_FIRST ? Trial.of(publication, newest()) : Trial.NONE;
        if (trial.isNeeded()) {
            var started = trial;
            Future<?> unused = thread.schedule(() -> giveUp(started), TRIAL_MILLIS, TimeUnit.MILLISECONDS);
        }
        long now = System.nanoTime();
        for (String node : publication.changes().keySet()) {
            if (streams.containsKey(node)) {
                unsettledSince.putIfAbsent(node, now);
            }
        }
        tell(node -> !trial.holds(node));
    }

    /** All are told before anyone looks how they stand: who has not been told yet seems to be done. */
    private void tell(Predicate<String> nodes) {
        var told = streams.entrySet().stream()
                .filter(e -> nodes.test(e.getKey()) && state.nodes().containsKey(e.getKey()))
                .flatMap(e -> e.getValue().stream())
                .toList();
        told.forEach(stream -> stream.want(state.of(stream.nodeId())));
        told.forEach(this::progressed);
    }

    /** Once one has refused, the others will not hear of it, and those who wait need not. */
    private void proceed() {
        if (trial.isNeeded() && trial.verdict() == Trial.Verdict.TAKEN) {
            release();
        } else if (trial.isNeeded() && trial.verdict() == Trial.Verdict.REFUSED) {
            waiters.forEach(this::expire);
            waiters.clear();
        }
    }

    /** A proxy that does not answer, or has gone, must not keep the others from what they should have. */
    @SuppressWarnings("ReferenceEquality")
    private void giveUp(Trial started) {
        if (trial == started && trial.verdict() != Trial.Verdict.REFUSED) {
            release();
        }
    }

    private void release() {
        var ended = trial;
        trial = Trial.NONE;
        tell(ended::holds);
    }

    /** Returns who would answer for a node; nobody while it waits for others to try. */
    private @Nullable ProxyStream answering(String node) {
        return trial.holds(node) ? null : stream(node);
    }

    private Waiter begin(Waiter waiter, Duration timeout) {
        look(waiter, () -> waiter.lookAtAll(this::answering));
        if (!waiter.done() && trial.isNeeded() && trial.verdict() == Trial.Verdict.REFUSED) {
            expire(waiter);
        }
        if (!waiter.done()) {
            waiters.add(waiter);
            expireIn(waiter, timeout.toMillis());
        }
        return waiter;
    }

    private void look(Waiter waiter, Runnable look) {
        boolean refusedBefore = waiter.refused();
        look.run();
        if (!waiter.done() && !refusedBefore && waiter.refused()) {
            expireIn(waiter, GRACE_MILLIS);
        }
    }

    private void expireIn(Waiter waiter, long millis) {
        Future<?> unused = thread.schedule(
                () -> {
                    if (waiters.remove(waiter)) {
                        expire(waiter);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void expire(Waiter waiter) {
        waiter.expire(this::stream, trial::holds);
    }

    /** Returns the newest stream of a node: an older one may be left over from a connection that broke silently. */
    private @Nullable ProxyStream stream(String node) {
        var ofNode = streams.get(node);
        return ofNode == null ? null : ofNode.peekFirst();
    }

    private List<ProxyStream> newest() {
        return streams.values().stream().map(Deque::getFirst).toList();
    }

    private ProxyStatus status(String node) {
        var stream = stream(node);
        return stream != null ? stream.status() : disconnected(node);
    }

    private ProxyStatus disconnected(String node) {
        var types = new EnumMap<XdsType, ProxyStatus.TypeStatus>(XdsType.class);
        for (var type : XdsType.values()) {
            String version = state.of(node).of(type).version();
            types.put(type, new ProxyStatus.TypeStatus(version, Optional.empty(), false, Optional.empty()));
        }
        return new ProxyStatus(node, "", false, false, types, List.of());
    }

    private <T> T call(Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while talking to the xDS server", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (!thread.isShutdown()) {
            thread.execute(() -> {
                waiters.forEach(this::expire);
                waiters.clear();
            });
            thread.shutdown();
        }
        try {
            // Requests that were already read still answer into the network, which must not be gone by then.
            boolean unused = thread.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
