package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** StatefulSets: the replicas that are wanted, and those that are ready. */
public final class StatefulSets implements ReportedKind<StatefulSet, StatefulSets.Facts> {
    private static final MetricFamily WANTED =
            MetricFamily.gauge("kube_statefulset_replicas", "", "Replicas that are wanted");
    private static final MetricFamily READY =
            MetricFamily.gauge("kube_statefulset_status_replicas_ready", "", "Replicas that are ready");

    /** What is kept of a StatefulSet. */
    public record Facts(Labels identity, int wanted, int ready) {}

    @Override
    public String resource() {
        return "statefulsets";
    }

    @Override
    public Class<StatefulSet> type() {
        return StatefulSet.class;
    }

    @Override
    public StatefulSet empty() {
        return new StatefulSet();
    }

    @Override
    public Facts read(StatefulSet set) {
        var metadata = set.getMetadata();
        var status = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        return new Facts(
                Labels.of("namespace", Texts.of(metadata.getNamespace()), "statefulset", Texts.of(metadata.getName())),
                Optional.ofNullable(set.getSpec())
                        .map(StatefulSetSpec::getReplicas)
                        .orElse(1),
                Texts.of(status.getReadyReplicas()));
    }

    @Override
    public void report(Collection<Facts> present, Instant at, Consumer<Sample> out) {
        for (var one : present) {
            out.accept(WANTED.sample(one.identity(), one.wanted(), at));
            out.accept(READY.sample(one.identity(), one.ready(), at));
        }
    }
}
