package dev.binnacle.local.launcher;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.Json;
import dev.binnacle.local.launcher.InstanceStatus.Endpoint;
import dev.binnacle.local.launcher.InstanceStatus.Ingress;
import dev.binnacle.local.launcher.InstanceStatus.PodStatus;
import dev.binnacle.local.launcher.InstanceStatus.Sidecar;
import dev.binnacle.local.pod.PodRuntime;
import dev.binnacle.local.process.ProcessState;
import dev.binnacle.local.process.SupervisedProcess;
import dev.binnacle.mesh.topology.Pod;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the state of an instance together. Thread-safe. */
final class StatusAssembler {
    private static final System.Logger LOG = System.getLogger(StatusAssembler.class.getName());
    private static final int HTTPS_AT_FIRST = 8443;

    private final Servers servers;
    private final Pods pods;
    private final InstancePorts ports;
    private final AppClient app;
    private final HttpClient client;

    StatusAssembler(Servers servers, Pods pods, InstancePorts ports, AppClient app, HttpClient client) {
        this.servers = servers;
        this.pods = pods;
        this.ports = ports;
        this.app = app;
        this.client = client;
    }

    /** Returns the state of this moment; asks the app about the sidecars and the servers about their readiness. */
    StatusReport report() {
        try {
            Set<String> synced = app.syncedPods();
            boolean healthy = pods.all().stream().allMatch(pod -> pod.ready() && inStep(pod, synced));
            for (ServerProcess server : servers.all()) {
                healthy &= server.ready(client);
            }
            return report(synced, healthy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return report(Set.of(), false);
        }
    }

    private static boolean inStep(PodRuntime pod, Set<String> synced) {
        return pod.sidecarProcess() == null || synced.contains(pod.pod().id());
    }

    private StatusReport report(Set<String> synced, boolean healthy) {
        var status = new InstanceStatus(
                endpoint(servers.app()),
                endpoint(servers.prometheus()),
                endpoint(servers.alertmanager()),
                endpoint(servers.pushgateway()),
                ingress(),
                pods.all().stream().map(pod -> pod(pod, synced)).toList());
        var processes = Stream.concat(
                        servers.all().stream().map(server -> server.process().state()),
                        pods.all().stream().flatMap(pod -> pod.states().stream()))
                .toList();
        return new StatusReport(healthy, status, processes, notes());
    }

    private List<String> notes() {
        var notes = new ArrayList<>(ports.moved());
        notes.addAll(WrongAddress.of(pods.all()));
        return notes;
    }

    /** Returns what services do that the platform cannot put right: waiting for their health is of no use. */
    List<String> mistakes() {
        return WrongAddress.own(pods.all());
    }

    private static Endpoint endpoint(ServerProcess server) {
        return new Endpoint(server.url(), pid(server.process()));
    }

    private Ingress ingress() {
        var addresses = ports.published().values().stream()
                .flatMap(byPort -> byPort.entrySet().stream())
                .toList();
        return new Ingress(
                addresses.stream()
                        .filter(each -> !isHttps(each))
                        .map(each -> "http://" + each.getValue())
                        .findFirst()
                        .orElse(null),
                addresses.stream()
                        .filter(StatusAssembler::isHttps)
                        .map(each -> "https://" + each.getValue())
                        .findFirst()
                        .orElse(null));
    }

    private static boolean isHttps(Map.Entry<Integer, String> published) {
        String port = published.getValue().substring(published.getValue().lastIndexOf(':') + 1);
        return Integer.parseInt(port) >= HTTPS_AT_FIRST;
    }

    private static PodStatus pod(PodRuntime runtime, Set<String> synced) {
        Pod pod = runtime.pod();
        @Nullable
        SupervisedProcess main =
                runtime.applicationProcess() != null ? runtime.applicationProcess() : runtime.sidecarProcess();
        return new PodStatus(
                pod.name(),
                pod.namespace(),
                pod.labels().getOrDefault("app", pod.workload()),
                pod.labels().getOrDefault("version", ""),
                runtime.ready(),
                pod.podIp(),
                pod.appIp(),
                pod.ports(),
                main == null ? null : pid(main),
                runtime.states().stream().mapToInt(ProcessState::restarts).sum(),
                sidecar(runtime, synced));
    }

    private static @Nullable Sidecar sidecar(PodRuntime runtime, Set<String> synced) {
        @Nullable SupervisedProcess envoy = runtime.sidecarProcess();
        return envoy == null
                ? null
                : new Sidecar(
                        pid(envoy),
                        runtime.stats(),
                        runtime.admin(),
                        synced.contains(runtime.pod().id()));
    }

    private static @Nullable Long pid(SupervisedProcess process) {
        long pid = process.state().pid();
        return pid == 0 ? null : pid;
    }

    /** Writes the state to {@code file}, without asking anybody. */
    void save(Path file) {
        try {
            AtomicFile.write(file, Json.write(report(Set.of(), false).status()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "status not written file=" + file, e);
        }
    }
}
