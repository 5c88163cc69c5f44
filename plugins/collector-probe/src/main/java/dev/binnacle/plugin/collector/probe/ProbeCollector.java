package dev.binnacle.plugin.collector.probe;

import dev.binnacle.prometheus.config.Probe;
import dev.binnacle.prometheus.config.ProbeConfig;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.Dialer;
import dev.binnacle.prometheus.http.Shown;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks all servers, some at a time, and says of each whether it is well. */
final class ProbeCollector implements Collector {
    private static final int AT_ONCE = 16;

    /** Less than the host waits: what was found out by then is reported. */
    private static final Duration RUN = Duration.ofSeconds(9);

    private static final int OUTBOUND = 15001;
    private static final Map<String, Prober> PROBERS =
            Map.of("http", new HttpProber(), "tcp", new TcpProber(), "grpc", new GrpcProber());

    private final ProbeConfig config;
    private final MeshView mesh;
    private final System.Logger log;
    private final Watch watch = new Watch("collector-probe");
    private final Map<Probe, Dialer> dialers = new LinkedHashMap<>();
    private final Map<String, String> failing = new HashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("probe-", 0).factory());

    ProbeCollector(ProbeConfig config, AddressRule rule, MeshView mesh, System.Logger log) {
        this.config = config;
        this.mesh = mesh;
        this.log = log;
        config.probes()
                .forEach(probe -> dialers.put(probe, new Dialer(probe.http().tls(), rule, watch)));
    }

    @Override
    public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
        var proxies = mesh.proxies();
        var tasks = config.probes().stream()
                .map(probe -> (Callable<Verdict>) () -> judge(probe, proxies))
                .toList();
        var futures = threads.invokeAll(tasks, RUN.toMillis(), TimeUnit.MILLISECONDS);
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < futures.size(); i++) {
            var probe = config.probes().get(i);
            var verdict = verdict(probe, futures.get(i));
            note(probe, verdict);
            samples.addAll(verdict.samples(labels(probe), at));
        }
        return samples;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watch.close();
    }

    private Verdict judge(Probe probe, List<Proxy> proxies) {
        var verdict = new Verdict(protocol(probe));
        try {
            var prober = PROBERS.get(protocol(probe));
            if (prober == null) {
                throw new IllegalStateException(protocol(probe));
            }
            prober.ask(route(probe, proxies), verdict);
            verdict.end(Optional.empty());
        } catch (IOException e) {
            String message = e.getMessage();
            verdict.end(Optional.of(message == null ? e.getClass().getSimpleName() : message));
        }
        return verdict;
    }

    private Route route(Probe probe, List<Proxy> proxies) throws IOException {
        var dialer = dialers.get(probe);
        if (dialer == null) {
            throw new IllegalStateException(probe.name());
        }
        Optional<URI> through = Optional.empty();
        if (probe.through().contains("://")) {
            through = Optional.of(URI.create(probe.through()));
        } else if (!probe.through().isEmpty()) {
            through = Optional.of(URI.create("http://" + pod(probe.through(), proxies) + ":" + OUTBOUND));
        }
        Optional<String> host = probe.at().isEmpty() ? Optional.empty() : Optional.of(pod(probe.at(), proxies));
        return new Route(probe, dialer, through, host, Deadline.in(config.timeout()));
    }

    /** Returns the address of a workload's first pod. */
    private static String pod(String workload, List<Proxy> proxies) throws IOException {
        return proxies.stream()
                .filter(proxy -> (proxy.workload() + "." + proxy.namespace()).equals(workload))
                .map(proxy -> proxy.admin().getHost())
                .findFirst()
                .orElseThrow(() -> new IOException("the mesh has no pod of " + workload + " (NAME.NAMESPACE)"));
    }

    private static Verdict verdict(Probe probe, Future<Verdict> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            var verdict = new Verdict(protocol(probe));
            verdict.end(Optional.of("no time was left for it"));
            return verdict;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String protocol(Probe probe) {
        String scheme = probe.url().getScheme();
        return scheme.equals("https") ? "http" : scheme;
    }

    private void note(Probe probe, Verdict verdict) {
        var failure = verdict.failure();
        if (failure.isEmpty()) {
            if (failing.remove(probe.name()) != null) {
                log.log(Level.INFO, "probe succeeds again probe={0}", probe.name());
            }
        } else if (!failure.get().equals(failing.put(probe.name(), failure.get()))) {
            log.log(Level.WARNING, "probe fails probe={0} reason={1}", probe.name(), failure.get());
        }
    }

    private static Labels labels(Probe probe) {
        var labels = Labels.of("probe", probe.name(), "target", Shown.of(probe.url()));
        String through = probe.through().contains("://") ? Shown.of(URI.create(probe.through())) : probe.through();
        return labels.with("through", through).with("at", probe.at());
    }
}
