package dev.binnacle.plugin.collectors.mesh.istiod;

import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks every istiod at the same time how far its proxies are. */
final class IstiodCollector implements Collector {
    private final List<Istiod> istiods;
    private final int mostProxies;
    private final Watch watch;
    private final System.Logger log;
    private final Refusals refusals;
    private final Map<String, String> failing = new HashMap<>();

    /** Virtual ones: they wait, and end when they are interrupted. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("istiod-", 0).factory());

    IstiodCollector(List<Istiod> istiods, int mostProxies, Watch watch, System.Logger log) {
        this.istiods = List.copyOf(istiods);
        this.mostProxies = mostProxies;
        this.watch = watch;
        this.log = log;
        this.refusals = new Refusals(log);
    }

    @Override
    public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
        var answers = new ArrayList<Future<Collection<ProxySync>>>();
        try {
            istiods.forEach(istiod -> answers.add(threads.submit(istiod::proxies)));
            var samples = new ArrayList<Sample>();
            for (int i = 0; i < answers.size(); i++) {
                samples.addAll(report(istiods.get(i).name(), answers.get(i), at));
            }
            return samples;
        } finally {
            answers.forEach(answer -> answer.cancel(true));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watch.close();
        istiods.forEach(Istiod::close);
    }

    private List<Sample> report(String istiod, Future<Collection<ProxySync>> answer, Instant at)
            throws InterruptedException {
        try {
            var proxies = answer.get();
            refusals.note(istiod, proxies);
            if (failing.remove(istiod) != null) {
                log.log(Level.INFO, "istiod answers again istiod={0}", istiod);
            }
            return new SyncReport(istiod, at).of(proxies, mostProxies);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new IllegalStateException(e.getCause());
            }
            String reason = String.valueOf(e.getCause().getMessage());
            if (!reason.equals(failing.put(istiod, reason))) {
                log.log(Level.WARNING, "istiod not read istiod={0} reason={1}", istiod, reason);
            }
            return List.of(IstiodMetrics.UP.sample(Labels.of("istiod", istiod), 0, at));
        }
    }
}
