package dev.binnacle.local.launcher;

import dev.binnacle.local.Progress;
import dev.binnacle.local.engine.EngineKind;
import dev.binnacle.local.instance.ExternalHosts;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Settings;
import dev.binnacle.local.instance.SocketFolder;
import dev.binnacle.local.pod.JavaCommand;
import dev.binnacle.local.pod.PodContext;
import dev.binnacle.local.pod.PodEnvironment;
import dev.binnacle.local.process.RestartPolicy;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.topology.MeshTopology;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An instance whose processes run under supervision, until {@link #stop}. Thread-safe. */
public final class RunningInstance {
    private static final System.Logger LOG = System.getLogger(RunningInstance.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final int STARTS_AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final InstanceParts parts;
    private final MeshModel model;
    private final Progress progress;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ControlServer control;
    private final Children children;
    private final Pods pods;
    private final Servers servers;
    private final StatusAssembler status;
    private final FileWatch manifestWatch;
    private final FileWatch prometheusWatch;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private RunningInstance(InstanceParts parts, MeshModel model, List<Path> manifests, Progress progress)
            throws IOException {
        this.parts = parts;
        this.model = model;
        this.progress = progress;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .executor(threads)
                .build();
        Layout layout = parts.layout();
        this.control = ControlServer.start(parts.block().launcherAddress(), new Requests(), threads);
        this.children = new Children(
                layout.launcherFile(), Launcher.record(control, parts.block().base()));
        var topology = new TopologyStore(
                layout.topologyFile(),
                new MeshTopology(Service.DOMAIN, parts.block().base(), List.of(), Map.of())
                        .withExternals(ExternalHosts.of(Settings.read(layout))));
        Map<String, String> environment = PodEnvironment.base(parts.environment(), layout.runtime());
        // A pod may run a Prometheus of its own: the one that was found for the instance.
        environment.put(
                "BINNACLE_PROMETHEUS",
                parts.engine(EngineKind.PROMETHEUS).binary().toString());
        environment.put("PUSHGATEWAY_URL", parts.ports().pushgatewayUrl());
        // Every OpenTelemetry SDK reads this.
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://" + parts.block().xdsAddress() + ":4317");
        var java = JavaCommand.current();
        var system = new SystemProcesses(layout, parts.ports(), environment, children);
        this.servers = new Servers(
                system.app(java, manifests, parts.block().xdsAddress()),
                system.prometheus(parts.engine(EngineKind.PROMETHEUS)),
                system.alertmanager(parts.engine(EngineKind.ALERTMANAGER)),
                system.pushgateway(parts.engine(EngineKind.PUSHGATEWAY)));
        this.pods = new Pods(podContext(environment, java), topology, parts.ports(), starter());
        this.status = new StatusAssembler(
                servers,
                pods,
                parts.ports(),
                new AppClient(client, parts.ports().appUrl()),
                client);
        this.manifestWatch = new FileWatch(model::paths, this::reconcile);
        this.prometheusWatch = new FileWatch(
                () -> PrometheusReload.files(layout.home()),
                new PrometheusReload(system, client, parts.ports().prometheusUrl())::run);
    }

    private PodContext podContext(Map<String, String> environment, JavaCommand java) {
        return new PodContext(
                parts.layout(),
                parts.engine(EngineKind.ENVOY).binary(),
                java,
                environment,
                parts.certificates(),
                Service.DOMAIN,
                parts.block().xdsAddress(),
                SystemProcesses.XDS_PORT,
                client,
                threads,
                RestartPolicy.DEFAULT,
                children);
    }

    private PodStarter starter() {
        return new PodStarter(
                STARTS_AT_ONCE, new InetSocketAddress(parts.block().xdsAddress(), SystemProcesses.XDS_PORT));
    }

    /** Starts everything; returns once it is healthy, and stops everything when it does not become so. */
    static RunningInstance start(
            InstanceParts parts,
            MeshModel model,
            List<Path> manifests,
            WantedMesh wanted,
            Duration patience,
            Progress progress)
            throws IOException, InterruptedException {
        SocketFolder.make(parts.layout());
        var instance = new RunningInstance(parts, model, manifests, progress);
        var hook = new Thread(instance::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            instance.begin(wanted);
            new HealthWait(instance.status, progress).await(patience);
            return instance;
        } catch (IOException | InterruptedException | RuntimeException e) {
            instance.stop();
            throw e;
        }
    }

    private void begin(WantedMesh wanted) throws IOException {
        progress.line("starting " + servers.all().size() + " servers and the pods of "
                + wanted.workloads().size() + " workloads in block "
                + parts.block().base());
        servers.all().forEach(server -> server.process().start());
        pods.bringTo(wanted);
        manifestWatch.seen();
        prometheusWatch.seen();
        Thread.ofPlatform().daemon().name("launcher-timer").start(this::tick);
    }

    private void tick() {
        try {
            while (!stopRequested.await(1, TimeUnit.SECONDS)) {
                everySecond();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void everySecond() {
        try {
            parts.certificates().tick();
            manifestWatch.look();
            prometheusWatch.look();
            LogRotation.rotate(parts.layout().logs());
            status.save(parts.layout().statusFile());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "periodic work failed", e);
        }
    }

    /** Brings the pods in line with manifests and overlays after one of them changed. */
    private void reconcile() {
        try {
            var read = model.read();
            if (read.hasErrors()) {
                LOG.log(Level.WARNING, "manifests not followed problems=" + read.diagnostics());
                return;
            }
            pods.bringTo(read.value());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "manifests not followed", e);
        }
    }

    private final class Requests implements ControlServer.Requests {
        @Override
        public StatusReport status() {
            return status.report();
        }

        @Override
        public Optional<HeldProcess> hold(String name) {
            return new Holds(parts, servers, pods).hold(name);
        }

        @Override
        public void release(HeldProcess held) {
            new Holds(parts, servers, pods).release(held);
        }

        @Override
        public int rotateCertificates() {
            return parts.certificates().rotateAll();
        }
    }

    /** Returns the state of everything. */
    public StatusReport status() {
        return status.report();
    }

    /** Waits until {@link #stop} has ended. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    /** Ends every process that was started and gives back what was taken. Whoever calls it second waits for the first. */
    public void stop() {
        if (requestStop()) {
            control.close();
            pods.stop();
            PodStarter.together(servers.all(), server -> server.process().stop(GRACE));
            client.shutdownNow();
            threads.shutdownNow();
            forget();
            stopped.countDown();
        } else {
            awaitQuietly();
        }
    }

    private synchronized boolean requestStop() {
        boolean first = stopRequested.getCount() > 0;
        stopRequested.countDown();
        return first;
    }

    private void awaitQuietly() {
        try {
            awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(parts.layout().launcherFile());
            Files.deleteIfExists(parts.layout().statusFile());
            SocketFolder.remove(parts.layout());
            parts.reserved().close();
            parts.block().close();
            parts.lock().close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "not everything was given back", e);
        }
    }
}
