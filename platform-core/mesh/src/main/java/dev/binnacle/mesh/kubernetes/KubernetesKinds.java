package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Kubernetes kinds that describe the mesh's services and workloads, and those that may stand beside them. */
public final class KubernetesKinds {
    private static final ResourceKind SERVICE_ACCOUNT = new ResourceKind(
            "ServiceAccount",
            List.of("v1"),
            Shape.named("ServiceAccount").clusterOnly("secrets", "imagePullSecrets", "automountServiceAccountToken"),
            (header, document, problems) -> Optional.of(new ServiceAccount(header.ref(), header.origin())));

    private static final ResourceKind NAMESPACE = new ResourceKind(
            "Namespace",
            List.of("v1"),
            Shape.named("Namespace").clusterOnly("spec"),
            (header, document, problems) -> Optional.of(new Namespace(header.ref(), header.origin(), header.labels())));

    /** Kinds that are read. */
    public static final List<ResourceKind> READ =
            List.of(DeploymentReader.KIND, ServiceReader.KIND, SERVICE_ACCOUNT, SecretReader.KIND, NAMESPACE);

    /** Ordinary cluster resources that mean nothing on one machine; nothing is said about them. */
    public static final Set<String> TOLERATED = Set.of(
            "v1 LimitRange",
            "v1 ResourceQuota",
            "v1 PersistentVolumeClaim",
            "v1 PersistentVolume",
            "apps/v1 ReplicaSet",
            "autoscaling/v2 HorizontalPodAutoscaler",
            "autoscaling/v1 HorizontalPodAutoscaler",
            "policy/v1 PodDisruptionBudget",
            "networking.k8s.io/v1 NetworkPolicy",
            "rbac.authorization.k8s.io/v1 Role",
            "rbac.authorization.k8s.io/v1 RoleBinding",
            "rbac.authorization.k8s.io/v1 ClusterRole",
            "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
            "monitoring.coreos.com/v1 ServiceMonitor",
            "monitoring.coreos.com/v1 PodMonitor",
            "monitoring.coreos.com/v1 PrometheusRule",
            "kustomize.config.k8s.io/v1beta1 Kustomization",
            "apiextensions.k8s.io/v1 CustomResourceDefinition",
            "gateway.networking.k8s.io/v1 GatewayClass",
            "gateway.networking.k8s.io/v1beta1 GatewayClass");

    private KubernetesKinds() {}
}
