package dev.binnacle.plugin.collector.kubernetes;

import dev.binnacle.kubernetes.access.ClusterAccess;
import dev.binnacle.plugin.collector.kubernetes.kinds.KindReport;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reports what its watches know; begins those that are not running, and waits for them for a while. */
final class KubernetesCollector implements Collector {
    private static final MetricFamily UP =
            MetricFamily.gauge("binnacle_kubernetes_up", "", "1 when the resource can be listed and watched");

    private final Config config;
    private final List<KindReport<?, ?>> kinds;
    private final Duration timeout;
    private @Nullable ExecutorService threads;
    private @Nullable KubernetesClient client;
    private boolean isClosed;

    KubernetesCollector(Config config, List<KindReport<?, ?>> kinds, Duration timeout) {
        this.config = config;
        this.kinds = kinds;
        this.timeout = timeout;
    }

    @Override
    public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
        var api = client();
        await(kinds.stream().flatMap(kind -> kind.ensure(api)).toList());
        var samples = new ArrayList<Sample>();
        var troubles = new TreeMap<String, String>();
        for (var kind : kinds) {
            kind.report(at, samples::add).ifPresent(trouble -> troubles.put(kind.resource(), trouble));
            double up = troubles.containsKey(kind.resource()) ? 0 : 1;
            samples.add(UP.sample(Labels.of("resource", kind.resource()), up, at));
        }
        if (troubles.isEmpty()) {
            return samples;
        }
        throw failure(samples, troubles);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        kinds.forEach(KindReport::stop);
        if (client != null) {
            client.close();
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    private synchronized KubernetesClient client() throws CollectionException {
        if (isClosed) {
            throw new CollectionException(FailureKind.PERMANENT, "closed", null);
        }
        var made = client;
        if (made == null) {
            var numbers = new AtomicInteger();
            var pool = Executors.newCachedThreadPool(work -> {
                var thread = new Thread(work, "kubernetes-watch-" + numbers.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            threads = pool;
            made = ClusterAccess.client(config, pool);
            client = made;
        }
        return made;
    }

    private void await(List<CompletableFuture<Void>> begun) throws InterruptedException {
        try {
            CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // What is not there by now is reported as missing.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing at all is one failure; a part is reported with what there is. */
    private CollectionException failure(List<Sample> samples, TreeMap<String, String> troubles) {
        if (troubles.size() == kinds.size()) {
            String words = troubles.values().iterator().next();
            return samples.size() == kinds.size()
                    ? new CollectionException(FailureKind.TRANSIENT, config.getMasterUrl() + ": " + words, null)
                    : CollectionException.partial(
                            samples, config.getMasterUrl() + " cannot be watched, this was seen before: " + words);
        }
        var reasons = new ArrayList<String>();
        troubles.forEach((resource, words) -> reasons.add(resource + ": " + words));
        return CollectionException.partial(samples, String.join("; ", reasons));
    }
}
