package dev.binnacle.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Knows the resources of one kind in one namespace, or in all of them. A watch that broke is begun anew at the next
 * {@link #ensure}, so nothing is asked more often than somebody wants to know.
 *
 * <p>For one thread at a time, but for the watch itself.
 */
public final class KindWatch<T extends HasMetadata, F> {
    /** A list that is not there after this long will never be. */
    private static final Duration LONGEST_LIST = Duration.ofMinutes(2);

    private final Kind<T, F> kind;
    private final String namespace;
    private final WatchOptions options;
    private @Nullable Attempt<T, F> attempt;
    private @Nullable FactStore<T, F> known;
    private boolean isCurrent;
    private Instant lastCurrent = Instant.MIN;
    private volatile boolean isListed;

    /** @param namespace empty for all of them */
    public KindWatch(Kind<T, F> kind, String namespace, WatchOptions options) {
        this.kind = kind;
        this.namespace = namespace;
        this.options = options;
    }

    /** Begins to watch when that is not being done, and returns what is complete once it is clear whether it works. */
    public CompletableFuture<Void> ensure(KubernetesClient client) {
        var running = attempt;
        if (running != null && !isOver(running)) {
            return running.begun();
        }
        stop();
        var next = new Attempt<>(informer(client), new FactStore<>(kind, facts -> kind.seen(facts, isListed)));
        attempt = next;
        next.start(() -> isListed = true);
        return next.begun();
    }

    /** Takes note of how things are now. */
    public void update(Instant now) {
        var running = attempt;
        isCurrent = running != null && running.isCurrent(options.timeout());
        if (running == null || !isCurrent) {
            return;
        }
        lastCurrent = now;
        var before = known;
        known = running.store();
        if (before != null && before != known) {
            before.missingIn(running.store()).forEach(kind::gone);
        }
    }

    /** Returns what is there; what was there last for as long as it may be taken for that; empty when nobody knows. */
    public Optional<Collection<F>> facts(Instant now) {
        var store = known;
        if (store == null || lastCurrent.plus(options.staleAfter()).isBefore(now)) {
            return Optional.empty();
        }
        return Optional.of(store.facts());
    }

    /** Returns what is wrong; empty when the watch works. */
    public Optional<String> trouble() {
        return isCurrent ? Optional.empty() : Optional.of(attempt == null ? "not begun" : attempt.trouble());
    }

    /** Returns the HTTP status with which the API server refused it, {@code 403} for a missing right; 0 when it did not. */
    public int refusal() {
        return isCurrent || attempt == null ? 0 : attempt.refusal();
    }

    /** Ends watching. */
    public void stop() {
        if (attempt != null) {
            attempt.stop();
        }
    }

    private boolean isOver(Attempt<T, F> running) {
        return running.begun().isDone() ? !running.isCurrent(options.timeout()) : running.isOlderThan(LONGEST_LIST);
    }

    private SharedIndexInformer<T> informer(KubernetesClient client) {
        var all = kind.in(client);
        var there = namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
        var selected = kind.selected();
        return there.withFields(selected.fields())
                .withLabels(selected.labels())
                .withLimit((long) options.pageSize())
                .runnableInformer(0);
    }
}
