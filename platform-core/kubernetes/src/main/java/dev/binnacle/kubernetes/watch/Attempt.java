package dev.binnacle.kubernetes.watch;

import dev.binnacle.kubernetes.access.Failures;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One list and the watch that follows it, until it breaks or is stopped. */
final class Attempt<T extends HasMetadata, F> {
    private final FactStore<T, F> store;
    private final SharedIndexInformer<T> informer;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final long startedAt = System.nanoTime();
    private volatile long listedAt;
    private volatile @Nullable Throwable failure;

    Attempt(SharedIndexInformer<T> informer, FactStore<T, F> store) {
        this.store = store;
        this.informer = informer;
    }

    /** @param listed is run when everything that is there is in the store */
    void start(Runnable listed) {
        informer.removeNamespaceIndex();
        informer.itemStore(store);
        informer.exceptionHandler((isStarted, thrown) -> {
            failure = thrown;
            return false;
        });
        informer.start().whenComplete((nothing, thrown) -> {
            if (thrown == null) {
                listedAt = System.nanoTime();
                listed.run();
            } else if (failure == null) {
                failure = thrown;
            }
            begun.complete(null);
        });
    }

    /** Returns what is complete once the list is there, or will never be. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    FactStore<T, F> store() {
        return store;
    }

    boolean isListed() {
        return listedAt != 0;
    }

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - startedAt > age.toNanos();
    }

    /** Tells whether what it has is what is there: it watches, or has been listed within {@code fresh}. */
    boolean isCurrent(Duration fresh) {
        return isListed()
                && failure == null
                && (informer.isWatching() || System.nanoTime() - listedAt < fresh.toNanos());
    }

    void stop() {
        informer.stop();
    }

    /** Returns what is wrong with it, in the API server's words where it said something. */
    String trouble() {
        var thrown = failure;
        if (thrown == null) {
            return isListed() ? "the watch was interrupted" : "no answer yet";
        }
        return Failures.words(thrown);
    }

    /** Returns the HTTP status with which the API server refused; 0 when it did not. */
    int refusal() {
        return Failures.status(failure);
    }
}
