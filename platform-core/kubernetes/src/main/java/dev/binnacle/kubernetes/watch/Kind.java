package dev.binnacle.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;

/**
 * One kind of resource, and what of it is worth keeping.
 *
 * <p>Watches call it from their own threads, one call at a time for each watch; whoever asks them from another one.
 *
 * @param <T> the resource as the API server tells it
 * @param <F> what is kept of it
 */
public interface Kind<T extends HasMetadata, F> {
    /** Returns its plural name, as RBAC and settings have it. */
    String resource();

    /** Returns how it is asked for. */
    MixedOperation<T, ?, ? extends Resource<T>> in(KubernetesClient client);

    /** Returns an empty resource. */
    T empty();

    /** Returns what the API server is to leave out, as nobody wants it; nothing unless overridden. */
    default Selected selected() {
        return Selected.ALL;
    }

    /** Returns what is kept of a resource, whatever may be missing in it. */
    F read(T resource);

    /**
     * Tells of a resource that is new or has changed.
     *
     * @param since whether it is so since the watch began, or has been before
     */
    default void seen(F facts, boolean since) {}

    /** Tells of a resource that is gone. */
    default void gone(F facts) {}

    /**
     * What resources must have in fields and labels.
     *
     * @param fields values by the names of fields
     * @param labels values by the names of labels
     */
    record Selected(Map<String, String> fields, Map<String, String> labels) {
        /** Everything. */
        public static final Selected ALL = new Selected(Map.of(), Map.of());

        public Selected {
            fields = Map.copyOf(fields);
            labels = Map.copyOf(labels);
        }
    }
}
