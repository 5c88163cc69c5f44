package dev.binnacle.app.kubernetes;

import dev.binnacle.kubernetes.InCluster;
import dev.binnacle.kubernetes.cluster.WatchReport;
import dev.binnacle.kubernetes.cluster.WatchReport.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The platform in a cluster, as metrics. */
final class ClusterMetrics {
    private final InCluster cluster;
    private final MeterRegistry registry;

    private ClusterMetrics(InCluster cluster, MeterRegistry registry) {
        this.cluster = cluster;
        this.registry = registry;
    }

    static void register(InCluster cluster, MeterRegistry registry) {
        var metrics = new ClusterMetrics(cluster, registry);
        cluster.cluster().reports().forEach(report -> metrics.ofWatch(report.resource()));
        metrics.ofState();
        metrics.ofWriting();
    }

    private void ofWatch(String resource) {
        Gauge.builder("binnacle.kubernetes.watch.up", () -> of(resource, r -> r.state() == State.SYNCED ? 1 : 0))
                .description("1 while what is known of the resource is what there is.")
                .tag("resource", resource)
                .register(registry);
        Gauge.builder("binnacle.kubernetes.watch.objects", () -> of(resource, WatchReport::objects))
                .description("Objects that are known.")
                .tag("resource", resource)
                .register(registry);
        FunctionCounter.builder("binnacle.kubernetes.watch.lists", this, it -> it.of(resource, WatchReport::begins))
                .description("How often everything was listed, or was to be: more than once when a watch broke.")
                .tag("resource", resource)
                .register(registry);
        FunctionCounter.builder("binnacle.kubernetes.watch.changes", this, it -> it.of(resource, WatchReport::changes))
                .description("Objects that came, changed or went.")
                .tag("resource", resource)
                .register(registry);
    }

    private void ofState() {
        var watched = cluster.cluster();
        Gauge.builder("binnacle.kubernetes.pods", () -> watched.state().readyPods())
                .description("Pods of the cluster.")
                .tag("ready", "true")
                .register(registry);
        Gauge.builder(
                        "binnacle.kubernetes.pods",
                        () -> watched.state().pods() - watched.state().readyPods())
                .description("Pods of the cluster.")
                .tag("ready", "false")
                .register(registry);
        Gauge.builder("binnacle.kubernetes.lag", () -> watched.lag().toMillis() / 1000.0)
                .description("How long the oldest change waited that the newest state has.")
                .baseUnit("seconds")
                .register(registry);
    }

    private void ofWriting() {
        Gauge.builder("binnacle.kubernetes.leader", () -> cluster.leadership().isLeading() ? 1 : 0)
                .description("1 on the replica that writes.")
                .register(registry);
        FunctionCounter.builder("binnacle.kubernetes.applied", cluster, InCluster::applied)
                .description("Generated objects that were made or changed.")
                .register(registry);
        FunctionCounter.builder("binnacle.kubernetes.pruned", cluster, InCluster::pruned)
                .description("Generated objects that were deleted, as nothing made them any more.")
                .register(registry);
        Gauge.builder(
                        "binnacle.kubernetes.problems",
                        () -> cluster.report().problems().size())
                .description(
                        "What could not be generated, applied or deleted in the last run; GET /api/v1/kubernetes tells.")
                .register(registry);
    }

    private double of(String resource, ToDoubleFunction<WatchReport> value) {
        return cluster.cluster().reports().stream()
                .filter(report -> report.resource().equals(resource))
                .mapToDouble(value)
                .sum();
    }
}
