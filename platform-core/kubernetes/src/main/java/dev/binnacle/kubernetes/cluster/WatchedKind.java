package dev.binnacle.kubernetes.cluster;

import dev.binnacle.kubernetes.cluster.WatchReport.State;
import dev.binnacle.kubernetes.watch.Kind;
import dev.binnacle.kubernetes.watch.KindWatch;
import dev.binnacle.kubernetes.watch.WatchOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of object, watched for as long as the platform runs: a watch that cannot go on is begun anew, after a pause that
 * grows. What was seen last stays known meanwhile.
 *
 * <p>For one thread at a time, but for {@code changed}, which is called from threads of watches.
 */
final class WatchedKind<F> {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PAUSE_OF_REFUSED = Duration.ofSeconds(10);
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    /** What was seen last is what there is until somebody says otherwise. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final ClusterKind kind;
    private final String namespace;
    private final KindWatch<GenericKubernetesResource, F> watch;
    private final AtomicLong changes = new AtomicLong();
    private @Nullable CompletableFuture<Void> attempt;
    private int begins;
    private Duration pause = FIRST_PAUSE;
    private Instant next = Instant.MIN;
    private boolean isDue;
    private Collection<F> facts = List.of();
    private long taken;
    private boolean worked;
    private boolean isListed;
    private State state = State.WAITING;
    private String reason = "not begun";

    /**
     * Watches nothing yet.
     *
     * @param namespace where to look; empty for everywhere
     * @param reader returns what is kept of an object
     * @param changed is told of every change
     */
    WatchedKind(
            ClusterKind kind,
            String namespace,
            Kind.Selected selected,
            WatchOptions options,
            Function<GenericKubernetesResource, F> reader,
            Runnable changed) {
        this.kind = kind;
        this.namespace = namespace;
        this.watch = new KindWatch<>(
                new Objects(kind, selected, reader, changed),
                namespace,
                new WatchOptions(options.timeout(), FOREVER, options.pageSize()));
    }

    /**
     * Begins to watch where that is not being done and it is time to, and takes note of how things are.
     *
     * @return whether what is known may be something else now
     */
    boolean look(KubernetesClient client, Instant now) {
        watch.update(now);
        boolean works = watch.trouble().isEmpty();
        note(works);
        if (works) {
            isDue = false;
            pause = FIRST_PAUSE;
        } else if (isOver()) {
            beginWhenDue(client, now);
        } else {
            // A list that takes too long is given up.
            begin(client);
        }
        return takeOver(works, now);
    }

    /** What is known may be large, and is copied when it may have changed only. */
    private boolean takeOver(boolean works, Instant now) {
        long count = changes.get();
        if (count == taken && works == worked) {
            return false;
        }
        taken = count;
        worked = works;
        facts = watch.facts(now).orElse(facts);
        return true;
    }

    /** Returns what is known. */
    Collection<F> facts() {
        return facts;
    }

    WatchReport report() {
        String name = kind.resource() + (namespace.isEmpty() ? "" : " in " + namespace);
        return new WatchReport(name, state, facts.size(), begins, changes.get(), reason);
    }

    void stop() {
        watch.stop();
    }

    /** An attempt that is not over yet says nothing new. */
    private void note(boolean works) {
        if (works) {
            state = State.SYNCED;
            reason = "";
            isListed = true;
        } else if (isOver()) {
            state = switch (watch.refusal()) {
                case NOT_FOUND -> State.ABSENT;
                case FORBIDDEN, UNAUTHORIZED -> State.REFUSED;
                default -> isListed ? State.STALE : State.WAITING;
            };
            reason = reason(watch.trouble().orElse(""));
        }
    }

    private boolean isOver() {
        return attempt == null || attempt.isDone();
    }

    private void beginWhenDue(KubernetesClient client, Instant now) {
        if (!isDue) {
            isDue = true;
            boolean refused = state == State.ABSENT || state == State.REFUSED;
            next = attempt == null ? now : now.plus(refused ? PAUSE_OF_REFUSED : pause);
        }
        if (!now.isBefore(next)) {
            begin(client);
        }
    }

    private void begin(KubernetesClient client) {
        var begun = watch.ensure(client);
        if (begun != attempt) {
            attempt = begun;
            begins++;
            isDue = false;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private String reason(String words) {
        return switch (state) {
            case ABSENT ->
                "the cluster has no " + kind.resource() + " of version " + kind.version()
                        + ". They are read as soon as what defines them is installed";
            case REFUSED ->
                words + ". Grant list and watch of " + kind.resource()
                        + (namespace.isEmpty() ? " by a ClusterRole" : " by a Role in " + namespace);
            default -> words;
        };
    }

    /** What the watch is told about the kind. */
    private final class Objects implements Kind<GenericKubernetesResource, F> {
        private final ClusterKind wanted;
        private final Selected selected;
        private final Function<GenericKubernetesResource, F> reader;
        private final Runnable changed;

        Objects(
                ClusterKind wanted,
                Selected selected,
                Function<GenericKubernetesResource, F> reader,
                Runnable changed) {
            this.wanted = wanted;
            this.selected = selected;
            this.reader = reader;
            this.changed = changed;
        }

        @Override
        public String resource() {
            return wanted.plural();
        }

        @Override
        public MixedOperation<GenericKubernetesResource, ?, ? extends Resource<GenericKubernetesResource>> in(
                KubernetesClient client) {
            return client.genericKubernetesResources(wanted.context());
        }

        @Override
        public GenericKubernetesResource empty() {
            var empty = new GenericKubernetesResource();
            empty.setApiVersion(wanted.apiVersion());
            empty.setKind(wanted.kind());
            return empty;
        }

        @Override
        public Selected selected() {
            return selected;
        }

        @Override
        public F read(GenericKubernetesResource object) {
            return reader.apply(object);
        }

        @Override
        public void seen(F facts, boolean since) {
            changes.incrementAndGet();
            changed.run();
        }

        @Override
        public void gone(F facts) {
            changes.incrementAndGet();
            changed.run();
        }
    }
}
