package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.kubernetes.watch.Kind;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/** A kind of resource, and the series that it becomes. */
public interface ReportedKind<T extends HasMetadata, F> extends Kind<T, F> {
    Class<T> type();

    @Override
    default MixedOperation<T, ?, ? extends Resource<T>> in(KubernetesClient client) {
        return client.resources(type());
    }

    /** Writes the series of what is there. */
    void report(Collection<F> present, Instant at, Consumer<Sample> out);
}
