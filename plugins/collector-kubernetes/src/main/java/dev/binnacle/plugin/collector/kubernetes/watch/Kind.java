package dev.binnacle.plugin.collector.kubernetes.watch;

import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One kind of resource: what of it is worth keeping, and the series that this becomes.
 *
 * <p>Watches call it from their own threads, one call at a time for each watch; the collector from another one.
 *
 * @param <T> the resource as the API server tells it
 * @param <F> what is kept of it
 */
public interface Kind<T extends HasMetadata, F> {
    /** Returns its plural name, as RBAC and settings have it. */
    String resource();

    Class<T> type();

    /** Returns an empty resource. */
    T empty();

    /** Returns the field selector that leaves out what nobody wants, as name and value; empty for all of them. */
    default Optional<Selected> selected() {
        return Optional.empty();
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

    /** Writes the series of what is there. */
    void report(Collection<F> present, Instant at, Consumer<Sample> out);

    /** A field and the value that it must have. */
    record Selected(String field, String value) {}
}
