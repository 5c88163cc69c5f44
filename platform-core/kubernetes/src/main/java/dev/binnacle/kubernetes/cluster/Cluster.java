package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows a cluster until it is closed: every kind is listed once and watched then, broken watches are begun anew, and the
 * listener is told the new state when changes have come to rest.
 *
 * <p>Nothing is told before every kind is settled: known, absent from the cluster, or refused. What is known stays known while
 * the API server is away. All methods may be called from any thread.
 */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Cluster.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LONGEST_WAITS = 5;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Consumer<ClusterState> listener;
    private final Debounce changes;
    private final ClusterWatches watches;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile List<WatchReport> reports;
    private volatile ClusterState state = ClusterState.NONE;
    private volatile boolean isComplete;
    private volatile Duration lag = Duration.ZERO;

    /**
     * Follows nothing yet.
     *
     * @param listener called with each state that differs from the one before, on one thread
     */
    public Cluster(
            KubernetesClient client, ClusterOptions options, InstantSource clock, Consumer<ClusterState> listener) {
        this.client = client;
        this.clock = clock;
        this.listener = listener;
        this.changes = new Debounce(options.quiet(), options.quiet().multipliedBy(LONGEST_WAITS));
        this.watches = new ClusterWatches(
                options, client.getKubernetesSerialization(), () -> changes.changed(clock.instant()));
        this.reports = reportsOf(watches);
    }

    /** Begins to follow. */
    public void start() {
        changes.changed(clock.instant());
        Thread.ofPlatform().name("kubernetes-cluster").daemon().start(this::run);
    }

    /** Returns how each watch is doing, sorted by resource. */
    public List<WatchReport> reports() {
        return reports;
    }

    /** Returns what is known; nothing until {@link #isComplete}. */
    public ClusterState state() {
        return state;
    }

    /** Tells whether the cluster has been seen as a whole once. */
    public boolean isComplete() {
        return isComplete;
    }

    /** Returns how long the oldest change waited that the newest state has. */
    public Duration lag() {
        return lag;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            do {
                step();
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.all().forEach(WatchedKind::stop);
        }
    }

    private void step() {
        try {
            var now = clock.instant();
            if (watches.all().filter(kind -> kind.look(client, now)).count() > 0) {
                changes.changed(now);
            }
            reports = reportsOf(watches);
            if (reports.stream().allMatch(WatchReport::isSettled)) {
                changes.take(now).ifPresent(this::publish);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "cluster not looked at", e);
        }
    }

    private static List<WatchReport> reportsOf(ClusterWatches watches) {
        return watches.all()
                .map(WatchedKind::report)
                .sorted(Comparator.comparing(WatchReport::resource))
                .toList();
    }

    private void publish(Instant since) {
        var next = watches.state();
        if (!isComplete || !next.equals(state)) {
            state = next;
            try {
                listener.accept(next);
            } finally {
                isComplete = true;
                lag = Duration.between(since, clock.instant());
            }
        }
    }
}
