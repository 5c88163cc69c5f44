package dev.binnacle.plugin.collector.kubernetes.kinds;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a pod belongs to, named as Istio names it in {@code source_workload} and {@code destination_workload}: the Deployment of a
 * ReplicaSet, the CronJob of a Job, else the owner itself, and a pod without one is its own workload.
 */
record Workload(String kind, String name) {
    private static final Pattern OF_CRON_JOB = Pattern.compile("(.+)-\\d{8,10}");

    static Workload of(ObjectMeta pod) {
        return controller(pod)
                .map(owner -> of(owner, label(pod, "pod-template-hash")))
                .orElseGet(() -> new Workload("Pod", Texts.of(pod.getName())));
    }

    private static Workload of(OwnerReference owner, String templateHash) {
        String name = Texts.of(owner.getName());
        String kind = Texts.of(owner.getKind());
        if (kind.equals("ReplicaSet") && !templateHash.isEmpty() && name.endsWith("-" + templateHash)) {
            return new Workload("Deployment", name.substring(0, name.length() - templateHash.length() - 1));
        }
        var ofCronJob = OF_CRON_JOB.matcher(name);
        if (kind.equals("Job") && ofCronJob.matches()) {
            return new Workload("CronJob", ofCronJob.group(1));
        }
        return new Workload(kind, name);
    }

    private static Optional<OwnerReference> controller(ObjectMeta pod) {
        return pod.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    private static String label(ObjectMeta pod, String name) {
        return pod.getLabels() == null ? "" : Texts.of(pod.getLabels().get(name));
    }
}
