package dev.binnacle.kubernetes.cluster;

import java.util.List;

/**
 * Every kind of object that the platform reads in a cluster, in all namespaces unless said otherwise. The role in
 * {@code src/main/kubernetes/rbac.yaml} lets it list and watch these and no others; a test compares the two.
 */
public final class ClusterKinds {
    private static final String NETWORKING = "networking.istio.io";
    private static final String SECURITY = "security.istio.io";
    private static final String GATEWAY_API = "gateway.networking.k8s.io";

    static final ClusterKind PODS = new ClusterKind("", "v1", "pods", "Pod");
    static final ClusterKind ENDPOINT_SLICES =
            new ClusterKind("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
    static final ClusterKind EVENTS = new ClusterKind("", "v1", "events", "Event");

    /** What is in ConfigMaps: the mesh configuration, of which only the one named {@code istio} is read, and objectives. */
    static final ClusterKind CONFIG_MAPS = new ClusterKind("", "v1", "configmaps", "ConfigMap");

    /** Kinds whose objects have a pod template. */
    static final List<ClusterKind> WORKLOADS = List.of(
            new ClusterKind("apps", "v1", "deployments", "Deployment"),
            new ClusterKind("apps", "v1", "statefulsets", "StatefulSet"),
            new ClusterKind("apps", "v1", "daemonsets", "DaemonSet"));

    /** Kinds that are read as they are written. */
    static final List<ClusterKind> MANIFESTS = List.of(
            new ClusterKind("", "v1", "services", "Service"),
            new ClusterKind("", "v1", "namespaces", "Namespace", false),
            new ClusterKind(NETWORKING, "v1", "virtualservices", "VirtualService"),
            new ClusterKind(NETWORKING, "v1", "destinationrules", "DestinationRule"),
            new ClusterKind(NETWORKING, "v1", "gateways", "Gateway"),
            new ClusterKind(NETWORKING, "v1", "serviceentries", "ServiceEntry"),
            new ClusterKind(NETWORKING, "v1", "workloadentries", "WorkloadEntry"),
            new ClusterKind(NETWORKING, "v1", "sidecars", "Sidecar"),
            new ClusterKind(NETWORKING, "v1alpha3", "envoyfilters", "EnvoyFilter"),
            new ClusterKind(SECURITY, "v1", "peerauthentications", "PeerAuthentication"),
            new ClusterKind(SECURITY, "v1", "requestauthentications", "RequestAuthentication"),
            new ClusterKind(SECURITY, "v1", "authorizationpolicies", "AuthorizationPolicy"),
            new ClusterKind("telemetry.istio.io", "v1", "telemetries", "Telemetry"),
            new ClusterKind(GATEWAY_API, "v1", "gateways", "Gateway"),
            new ClusterKind(GATEWAY_API, "v1", "httproutes", "HTTPRoute"),
            new ClusterKind(GATEWAY_API, "v1beta1", "referencegrants", "ReferenceGrant"));

    private ClusterKinds() {}
}
