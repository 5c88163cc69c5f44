package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Pods: phase, readiness, restarts, the workload that they belong to, and their sidecar. */
public final class Pods implements ReportedKind<Pod, Pods.Facts> {
    private static final List<String> PHASES = List.of("Pending", "Running", "Succeeded", "Failed", "Unknown");
    private static final List<String> CONDITIONS = List.of("true", "false", "unknown");
    private static final String SIDECAR = "istio-proxy";

    private static final MetricFamily PHASE =
            MetricFamily.gauge("kube_pod_status_phase", "", "1 for the phase that the pod is in");
    private static final MetricFamily READY =
            MetricFamily.gauge("kube_pod_status_ready", "", "1 for what the pod's condition Ready says");
    private static final MetricFamily CONTAINER_READY =
            MetricFamily.gauge("kube_pod_container_status_ready", "", "1 when the container is ready");
    private static final MetricFamily RESTARTS = MetricFamily.counter(
            "kube_pod_container_status_restarts_total", "", "How often the container was started again");
    private static final MetricFamily WORKLOAD = MetricFamily.gauge(
            "binnacle_kubernetes_pod_info", "", "The workload that the pod belongs to, named as Istio does; always 1");
    private static final MetricFamily INJECTED = MetricFamily.gauge(
            "binnacle_kubernetes_pod_sidecar_injected", "", "1 when the pod has a container istio-proxy");
    private static final MetricFamily SIDECAR_READY = MetricFamily.gauge(
            "binnacle_kubernetes_pod_sidecar_ready", "", "1 when the container istio-proxy is ready");

    /**
     * What is kept of a pod.
     *
     * @param identity the labels namespace, pod and uid
     * @param ready one of true, false, unknown
     */
    public record Facts(
            Labels identity,
            String phase,
            String ready,
            Workload workload,
            String version,
            List<ContainerFacts> containers,
            boolean isInjected) {}

    /** What is kept of a container. */
    public record ContainerFacts(String name, boolean isReady, int restarts) {}

    @Override
    public String resource() {
        return "pods";
    }

    @Override
    public Class<Pod> type() {
        return Pod.class;
    }

    @Override
    public Pod empty() {
        return new Pod();
    }

    @Override
    public Facts read(Pod pod) {
        var metadata = pod.getMetadata();
        var status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        return new Facts(
                Labels.of(
                        "namespace", Texts.of(metadata.getNamespace()),
                        "pod", Texts.of(metadata.getName()),
                        "uid", Texts.of(metadata.getUid())),
                Texts.of(status.getPhase()),
                ready(status),
                Workload.of(metadata),
                Texts.of(labels.getOrDefault("version", "")),
                containers(status),
                isInjected(Optional.ofNullable(pod.getSpec()).orElseGet(PodSpec::new)));
    }

    @Override
    public void report(Collection<Facts> present, Instant at, Consumer<Sample> out) {
        for (var pod : present) {
            for (String phase : PHASES) {
                out.accept(PHASE.sample(pod.identity().with("phase", phase), flag(phase.equals(pod.phase())), at));
            }
            for (String ready : CONDITIONS) {
                out.accept(READY.sample(pod.identity().with("condition", ready), flag(ready.equals(pod.ready())), at));
            }
            out.accept(WORKLOAD.sample(info(pod), 1, at));
            out.accept(INJECTED.sample(pod.identity(), flag(pod.isInjected()), at));
            reportContainers(pod, at, out);
        }
    }

    private static void reportContainers(Facts pod, Instant at, Consumer<Sample> out) {
        for (var container : pod.containers()) {
            var labels = pod.identity().with("container", container.name());
            out.accept(CONTAINER_READY.sample(labels, flag(container.isReady()), at));
            out.accept(RESTARTS.sample(labels, container.restarts(), at));
            if (container.name().equals(SIDECAR)) {
                out.accept(SIDECAR_READY.sample(pod.identity(), flag(container.isReady()), at));
            }
        }
    }

    private static Labels info(Facts pod) {
        return pod.identity()
                .with("workload", pod.workload().name())
                .with("workload_kind", pod.workload().kind())
                .with("version", pod.version());
    }

    private static String ready(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(condition -> switch (Texts.of(condition.getStatus())) {
                    case "True" -> "true";
                    case "False" -> "false";
                    default -> "unknown";
                })
                .findFirst()
                .orElse("unknown");
    }

    /** Containers and, as Kubernetes runs sidecars as such today, init containers that are one. */
    private static List<ContainerFacts> containers(PodStatus status) {
        return Stream.concat(
                        status.getContainerStatuses().stream(),
                        status.getInitContainerStatuses().stream()
                                .filter(container -> SIDECAR.equals(container.getName())))
                .map(Pods::container)
                .toList();
    }

    private static ContainerFacts container(ContainerStatus status) {
        return new ContainerFacts(
                Texts.of(status.getName()), Boolean.TRUE.equals(status.getReady()), Texts.of(status.getRestartCount()));
    }

    private static boolean isInjected(PodSpec spec) {
        return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .map(Container::getName)
                .anyMatch(SIDECAR::equals);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
