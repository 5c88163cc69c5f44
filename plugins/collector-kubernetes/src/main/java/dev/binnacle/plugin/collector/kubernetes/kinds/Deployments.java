package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Deployments: the replicas that are wanted, and those that are there. */
public final class Deployments implements ReportedKind<Deployment, Deployments.Facts> {
    private static final MetricFamily WANTED =
            MetricFamily.gauge("kube_deployment_spec_replicas", "", "Replicas that are wanted");
    private static final MetricFamily READY =
            MetricFamily.gauge("kube_deployment_status_replicas_ready", "", "Replicas that are ready");
    private static final MetricFamily AVAILABLE = MetricFamily.gauge(
            "kube_deployment_status_replicas_available", "", "Replicas that have been ready for long enough");
    private static final MetricFamily UPDATED =
            MetricFamily.gauge("kube_deployment_status_replicas_updated", "", "Replicas of the newest template");

    /** What is kept of a Deployment. */
    public record Facts(Labels identity, int wanted, int ready, int available, int updated) {}

    @Override
    public String resource() {
        return "deployments";
    }

    @Override
    public Class<Deployment> type() {
        return Deployment.class;
    }

    @Override
    public Deployment empty() {
        return new Deployment();
    }

    @Override
    public Facts read(Deployment deployment) {
        var metadata = deployment.getMetadata();
        var status = Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
        return new Facts(
                Labels.of("namespace", Texts.of(metadata.getNamespace()), "deployment", Texts.of(metadata.getName())),
                Optional.ofNullable(deployment.getSpec())
                        .map(DeploymentSpec::getReplicas)
                        .orElse(1),
                Texts.of(status.getReadyReplicas()),
                Texts.of(status.getAvailableReplicas()),
                Texts.of(status.getUpdatedReplicas()));
    }

    @Override
    public void report(Collection<Facts> present, Instant at, Consumer<Sample> out) {
        for (var one : present) {
            out.accept(WANTED.sample(one.identity(), one.wanted(), at));
            out.accept(READY.sample(one.identity(), one.ready(), at));
            out.accept(AVAILABLE.sample(one.identity(), one.available(), at));
            out.accept(UPDATED.sample(one.identity(), one.updated(), at));
        }
    }
}
