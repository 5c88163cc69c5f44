package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is kept of a pod.
 *
 * @param owner what made it
 * @param ip empty while it has none
 * @param isReady whether it is an endpoint
 */
record Pod(String namespace, String name, Owner owner, String ip, boolean isReady, PodTemplate template) {
    private static final String HASH = "pod-template-hash";

    /**
     * What made pods: a workload, or the pod itself.
     *
     * @param kind {@code Deployment} for example
     */
    record Owner(String kind, String name) {}

    static Pod of(GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        var status = Fields.of(object).section("status");
        boolean ready = status.list("conditions").stream()
                .anyMatch(condition -> condition.text("type", "").equals("Ready")
                        && condition.text("status", "").equals("True"));
        var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
        var annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
        return new Pod(
                metadata.getNamespace(),
                metadata.getName(),
                owner(object, labels.getOrDefault(HASH, "")),
                status.text("podIP", ""),
                ready,
                PodTemplate.of(
                        new Fields(new HashMap<>(Map.of("labels", labels, "annotations", annotations))),
                        Fields.of(object).section("spec")));
    }

    /** A Deployment names its ReplicaSets by the hash of the template. */
    private static Owner owner(GenericKubernetesResource pod, String hash) {
        return Objects.requireNonNullElse(pod.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst()
                .map(reference -> {
                    String name = reference.getName();
                    boolean replicas =
                            reference.getKind().equals("ReplicaSet") && !hash.isEmpty() && name.endsWith("-" + hash);
                    return replicas
                            ? new Owner("Deployment", name.substring(0, name.length() - hash.length() - 1))
                            : new Owner(reference.getKind(), name);
                })
                .orElseGet(() -> new Owner("Pod", pod.getMetadata().getName()));
    }
}
