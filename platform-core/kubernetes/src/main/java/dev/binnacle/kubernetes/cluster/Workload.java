package dev.binnacle.kubernetes.cluster;

import dev.binnacle.kubernetes.cluster.Pod.Owner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Locale;

/**
 * What makes pods.
 *
 * @param owner what it is called
 * @param template what its pods are like
 */
record Workload(String namespace, Owner owner, PodTemplate template) {
    static Workload of(ClusterKind kind, GenericKubernetesResource object) {
        var template = Fields.of(object).section("spec").section("template");
        return new Workload(
                object.getMetadata().getNamespace(),
                new Owner(kind.kind(), object.getMetadata().getName()),
                PodTemplate.of(template.section("metadata"), template.section("spec")));
    }

    /** Returns its document. Two workloads of different kinds may have the same name. */
    ClusterObject document(Documents documents) {
        String name = owner.kind().equals("Deployment")
                ? owner.name()
                : owner.name() + "." + owner.kind().toLowerCase(Locale.ROOT);
        return new ClusterObject(
                owner.kind() + " " + namespace + "/" + owner.name(),
                documents.text(template.asDeployment(namespace, name)));
    }
}
