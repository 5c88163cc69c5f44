package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.kubernetes.watch.KindWatch;
import dev.binnacle.kubernetes.watch.WatchOptions;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything about one kind: its watches in all namespaces that are asked for, and what they know together. */
public final class KindReport<T extends HasMetadata, F> {
    private final ReportedKind<T, F> kind;
    private final List<KindWatch<T, F>> watches;

    /** @param namespaces where to look; the empty text means everywhere */
    public KindReport(ReportedKind<T, F> kind, List<String> namespaces, WatchOptions options) {
        this.kind = kind;
        this.watches = namespaces.stream()
                .map(namespace -> new KindWatch<>(kind, namespace, options))
                .toList();
    }

    /** Returns the plural name of the kind. */
    public String resource() {
        return kind.resource();
    }

    /** Begins to watch where that is not being done; the results are complete once it is clear whether it works. */
    public Stream<CompletableFuture<Void>> ensure(KubernetesClient client) {
        return watches.stream().map(watch -> watch.ensure(client)).toList().stream();
    }

    /**
     * Writes the series of what is there.
     *
     * @return what is wrong with the watches; empty when they work
     */
    public Optional<String> report(Instant now, Consumer<Sample> out) {
        var present = new ArrayList<F>();
        var troubles = new ArrayList<String>();
        for (var watch : watches) {
            watch.update(now);
            watch.facts(now).ifPresent(present::addAll);
            watch.trouble().ifPresent(troubles::add);
        }
        kind.report(present, now, out);
        return troubles.stream().findFirst();
    }

    /** Ends watching. */
    public void stop() {
        watches.forEach(KindWatch::stop);
    }
}
