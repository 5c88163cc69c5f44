package dev.binnacle.local.pod;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.agent.MergedMetrics;
import dev.binnacle.local.agent.PodAgent;
import dev.binnacle.local.ca.WorkloadIdentity;
import dev.binnacle.local.instance.ProcessId;
import dev.binnacle.local.process.ProcessListener;
import dev.binnacle.local.process.ProcessSpec;
import dev.binnacle.local.process.ProcessState;
import dev.binnacle.local.process.SupervisedProcess;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One running pod: its application, its sidecar, its probes and its agent. Thread-safe. */
public final class PodRuntime {
    private static final System.Logger LOG = System.getLogger(PodRuntime.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final Pod pod;
    private final Workload workload;
    private final PodContext context;
    private final PodHealth health;
    private final ProbeCheck probes;
    private final @Nullable SupervisedProcess application;
    private final @Nullable SupervisedProcess sidecar;
    private volatile boolean held;
    private @Nullable ProbeSession probing;
    private @Nullable SidecarWatch sidecarWatch;
    private @Nullable PodAgent agent;

    /**
     * Prepares a pod; nothing is started.
     *
     * @param onReadiness hears each change of the pod's readiness
     */
    public PodRuntime(Pod pod, Workload workload, PodContext context, Consumer<Boolean> onReadiness) {
        this.pod = pod;
        this.workload = workload;
        this.context = context;
        this.probes = new ProbeCheck(context.client());
        this.health = new PodHealth(pod.kind() != PodKind.GATEWAY, pod.kind() != PodKind.PLAIN, onReadiness);
        this.application = pod.kind() == PodKind.GATEWAY ? null : application();
        this.sidecar = pod.kind() == PodKind.PLAIN ? null : sidecar();
    }

    private SupervisedProcess application() {
        List<String> command =
                LocalCommand.of(workload, context.layout().home(), folder().resolve("hosts"), context.java());
        var environment = PodEnvironment.application(
                context.environment(), workload.container().env(), pod);
        var spec = new ProcessSpec(
                pod.id(),
                command,
                environment,
                context.layout().home(),
                context.layout().log(pod.id()));
        return new SupervisedProcess(
                spec, context.restarts(), context.processes().and(new ProcessListener() {
                    @Override
                    public void started(String name, ProcessId id) {
                        probe();
                    }

                    @Override
                    public void ended(String name, ProcessId id) {
                        health.application(false);
                        probeOnlyWhoIsThere();
                    }
                }));
    }

    private SupervisedProcess sidecar() {
        String name = pod.id() + "-envoy";
        var command = List.of(
                context.envoy().toString(),
                "-c",
                "bootstrap.json",
                "--concurrency",
                "1",
                "--disable-hot-restart",
                // As Istio's agent says: connections of before a change of policy end with their next answer, or after
                // 45 s.
                "--drain-time-s",
                "45",
                "--drain-strategy",
                "immediate",
                "--log-level",
                "warning");
        var spec = new ProcessSpec(
                name, command, context.environment(), folder(), context.layout().log(name));
        return new SupervisedProcess(
                spec, context.restarts(), context.processes().and(new ProcessListener() {
                    @Override
                    public void started(String processName, ProcessId id) {
                        watchSidecar();
                    }

                    @Override
                    public void ended(String processName, ProcessId id) {
                        health.sidecar(false);
                        stopWatchingSidecar();
                    }
                }));
    }

    /**
     * Writes what the sidecar needs to start and opens the agent's ports.
     *
     * @param bootstrap Envoy's bootstrap; ignored for a pod without a sidecar
     */
    public void prepare(String bootstrap) throws IOException {
        if (pod.kind() != PodKind.PLAIN) {
            context.certificates().enrol(folder(), WorkloadIdentity.of(pod, context.trustDomain()));
            AtomicFile.write(folder().resolve("bootstrap.json"), bootstrap);
            AccessLogFile.link(folder(), context.layout().accessLog(pod.id()));
        }
        var merged = new MergedMetrics(context.client(), envoyMetrics(), applicationMetrics(), Instant.now());
        agent = startAgent(merged);
    }

    private PodAgent startAgent(MergedMetrics merged) throws IOException {
        try {
            return PodAgent.start(pod.podIp(), health::ready, merged, context.executor());
        } catch (BindException e) {
            throw ProblemException.environment(
                    "ports 15020 and 15021 on " + pod.podIp() + ", the address of " + pod.id() + ", cannot be opened: "
                            + e.getMessage(),
                    "See who listens there with `ss -ltnp`.");
        }
    }

    private @Nullable URI envoyMetrics() {
        return pod.kind() == PodKind.PLAIN ? null : URI.create(stats());
    }

    /** The pod's annotations say where its metrics are, as Istio's agent reads them. */
    private @Nullable URI applicationMetrics() {
        Map<String, String> annotations = workload.podAnnotations();
        boolean wanted = Boolean.parseBoolean(annotations.getOrDefault("prometheus.io/scrape", "false"));
        String port = annotations.getOrDefault("prometheus.io/port", "80");
        String path = annotations.getOrDefault("prometheus.io/path", "/metrics");
        return wanted && pod.kind() != PodKind.GATEWAY
                ? URI.create("http://" + pod.appIp() + ":" + port + (path.startsWith("/") ? path : "/" + path))
                : null;
    }

    /** Writes the names the application may use; called before its start and whenever they change. */
    public void writeHosts(Map<String, String> hosts) throws IOException {
        HostsFile.write(folder().resolve("hosts"), hosts);
    }

    /** Starts the application, or does nothing for a gateway. */
    public void startApplication() {
        if (application != null) {
            application.start();
        }
    }

    /** Starts the sidecar, or does nothing for a pod without one. */
    public void startSidecar() {
        if (sidecar != null) {
            sidecar.start();
        }
    }

    private synchronized void probe() {
        stopProbing();
        probing = new ProbeSession(probes, workload.container(), pod.appIp(), new ProbeSession.Listener() {
            @Override
            public void readiness(boolean ready) {
                health.application(ready);
            }

            @Override
            public void unhealthy(String probe) {
                restartApplication(probe);
            }
        });
    }

    /** After the application's end: in the place of a held one somebody else comes, nobody knows when. */
    private synchronized void probeOnlyWhoIsThere() {
        if (held) {
            probe();
        } else {
            stopProbing();
        }
    }

    private void restartApplication(String probe) {
        if (held) {
            // Not ours to restart; a developer's process may take its time, and is probed anew.
            Thread.ofVirtual().start(this::probeOnlyWhoIsThere);
            return;
        }
        LOG.log(Level.WARNING, "probe failed pod=" + pod.id() + " probe=" + probe + " action=restart");
        if (application != null) {
            SupervisedProcess unhealthy = application;
            // On a thread of its own: the end of the process closes the session whose thread this is.
            Thread.ofVirtual().start(() -> unhealthy.restart(GRACE));
        }
    }

    private synchronized void stopProbing() {
        if (probing != null) {
            probing.close();
            probing = null;
        }
    }

    private synchronized void watchSidecar() {
        stopWatchingSidecar();
        sidecarWatch = new SidecarWatch(context.client(), URI.create(admin() + "/ready"), health::sidecar);
    }

    private synchronized void stopWatchingSidecar() {
        if (sidecarWatch != null) {
            sidecarWatch.close();
            sidecarWatch = null;
        }
    }

    /** Ends the application, so that something else can take its place behind the same sidecar. */
    public void hold() {
        if (application != null) {
            held = true;
            application.hold(GRACE);
            probe();
        }
    }

    /** Puts the application back after {@link #hold}. */
    public void release() {
        held = false;
        stopProbing();
        health.application(pod.kind() == PodKind.GATEWAY);
        if (application != null) {
            application.release();
        }
    }

    /** Ends everything of the pod: first the application, so that its last requests still find the sidecar. */
    public void stop() {
        stopProbing();
        if (application != null) {
            application.stop(GRACE);
        }
        stopWatchingSidecar();
        if (sidecar != null) {
            sidecar.stop(GRACE);
        }
        context.certificates().withdraw(folder());
        if (agent != null) {
            agent.close();
        }
    }

    private Path folder() {
        return context.layout().pod(pod.id());
    }

    /** Returns the pod; its readiness in there is that of the start. */
    public Pod pod() {
        return pod;
    }

    /** Returns what it was started from. */
    public Workload workload() {
        return workload;
    }

    /** Returns whether the application's own probe passes; true for a gateway. */
    public boolean applicationReady() {
        return health.applicationReady();
    }

    /** Returns whether its probes pass. */
    public boolean ready() {
        return health.ready();
    }

    /** Returns the sidecar's metrics URL. */
    public String stats() {
        return "http://" + pod.podIp() + ":15090/stats/prometheus";
    }

    /** Returns the sidecar's read-only admin URL. */
    public String admin() {
        return "http://" + pod.podIp() + ":15000";
    }

    /** Returns the application's process; null for a gateway. */
    public @Nullable SupervisedProcess applicationProcess() {
        return application;
    }

    /** Returns the sidecar's process; null for a pod without one. */
    public @Nullable SupervisedProcess sidecarProcess() {
        return sidecar;
    }

    /** Returns the states of its processes, the application's first. */
    public List<ProcessState> states() {
        return Stream.of(application, sidecar)
                .flatMap(Stream::ofNullable)
                .map(SupervisedProcess::state)
                .toList();
    }
}
