package dev.binnacle.kubernetes;

import dev.binnacle.kubernetes.apply.Generated;
import dev.binnacle.kubernetes.apply.ObjectWriter;
import dev.binnacle.kubernetes.apply.WriteReport;
import dev.binnacle.kubernetes.cluster.Cluster;
import dev.binnacle.kubernetes.cluster.ClusterState;
import dev.binnacle.kubernetes.lease.KubernetesLeases;
import dev.binnacle.kubernetes.lease.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The platform in a cluster: it follows the cluster's state, takes part in the election of a leader and, while it leads, keeps
 * the generated objects as they should be. Works from its start until it is closed; the client is its maker's to close.
 *
 * <p>All methods may be called from any thread.
 */
public final class InCluster implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InCluster.class.getName());

    private final Leadership leadership;
    private final Function<ClusterState, Generated> generators;
    private final ObjectWriter writer;
    private final Cluster cluster;
    private final Loop writing;
    private final Loop electing;
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong pruned = new AtomicLong();
    private volatile WriteReport report = WriteReport.NONE;
    private volatile boolean hasLed;

    /**
     * Does nothing yet.
     *
     * @param listener called with each new state of the cluster, on one thread
     * @param generators what objects there should be; called while this replica leads, on one thread
     */
    public InCluster(
            KubernetesClient client,
            InClusterOptions options,
            Consumer<ClusterState> listener,
            Function<ClusterState, Generated> generators) {
        String namespace = options.watching().namespace();
        var clock = InstantSource.system();
        this.generators = generators;
        this.leadership = new Leadership(
                new KubernetesLeases(client, namespace, options.lease()),
                options.identity(),
                options.times(),
                clock,
                System::nanoTime);
        this.writer = new ObjectWriter(client, namespace);
        this.cluster = new Cluster(client, options.watching(), clock, state -> {
            listener.accept(state);
            changed();
        });
        this.writing = new Loop("kubernetes-writer", options.resync(), this::write);
        this.electing = new Loop("kubernetes-lease", options.times().retry(), this::elect);
    }

    /** Begins. */
    public void start() {
        cluster.start();
        writing.start();
        electing.start();
    }

    /** Returns what is seen of the cluster. */
    public Cluster cluster() {
        return cluster;
    }

    /** Returns who leads. */
    public Leadership leadership() {
        return leadership;
    }

    /** Returns what became of generated objects in the last run of this replica. */
    public WriteReport report() {
        return report;
    }

    /** Returns how many objects this replica has made or changed. */
    public long applied() {
        return applied.get();
    }

    /** Returns how many objects this replica has deleted. */
    public long pruned() {
        return pruned.get();
    }

    /** Writes soon: the generators or what they read may have changed. */
    public void changed() {
        writing.ask();
    }

    /** Writes nothing more, and lets another replica lead at once. */
    @Override
    public void close() {
        electing.close();
        writing.close();
        leadership.resign();
        cluster.close();
    }

    private void elect() {
        leadership.look();
        boolean leads = leadership.isLeading();
        if (leads != hasLed) {
            hasLed = leads;
            LOG.log(
                    Level.INFO,
                    "leader={0} identity={1} leading={2}",
                    leadership.leader(),
                    leadership.identity(),
                    leads);
            writing.ask();
        }
    }

    private void write() {
        if (!cluster.isComplete() || !leadership.isLeading()) {
            report = WriteReport.NONE;
            return;
        }
        var wanted = generators.apply(cluster.state());
        if (wanted.equals(Generated.NOTHING)) {
            // No generator runs, or none yet.
            return;
        }
        var done = writer.write(wanted, leadership::isLeading);
        applied.addAndGet(done.applied().size());
        pruned.addAndGet(done.pruned().size());
        tell(done.problems());
        report = done;
    }

    private void tell(List<String> problems) {
        problems.stream()
                .filter(problem -> !report.problems().contains(problem))
                .forEach(problem -> LOG.log(Level.WARNING, "generated object: {0}", problem));
    }
}
