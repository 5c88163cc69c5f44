package dev.binnacle.plugin.collector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.kubernetes.testkit.ApiServer;
import dev.binnacle.kubernetes.testkit.NeedsKubernetes;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the collector sees of a real API server, with the rights that its README asks for and no others. */
@NeedsKubernetes
class RealApiServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Path kubeconfig;

    @BeforeAll
    static void layOut(ApiServer server) throws Exception {
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: binnacle}}");
        server.apply(Files.readString(Path.of("src/main/kubernetes/rbac.yaml")));
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        kubeconfig = server.kubeconfig("binnacle", "binnacle");
    }

    @Test
    void aPodIsFollowedThroughItsLife(ApiServer server) throws Exception {
        server.apply(pod("catalog-v1-abc-1"));
        try (var context = context(Map.of("namespaces", "shop"));
                var collector = new KubernetesCollectorFactory().create(context)) {
            awaitSample(
                    collector,
                    "kube_pod_status_phase{namespace=\"shop\",phase=\"Pending\",pod=\"catalog-v1-abc-1\"} 1.0");
            awaitSample(
                    collector,
                    "binnacle_kubernetes_pod_info{namespace=\"shop\",pod=\"catalog-v1-abc-1\",version=\"v1\","
                            + "workload=\"catalog-v1\",workload_kind=\"Deployment\"} 1.0");
            status(server, """
                    {"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}],
                     "containerStatuses": [
                       {"name": "catalog", "ready": true, "restartCount": 3, "image": "a", "imageID": ""},
                       {"name": "istio-proxy", "ready": true, "restartCount": 0, "image": "a", "imageID": ""}]}}
                    """);
            awaitSample(
                    collector,
                    "kube_pod_status_phase{namespace=\"shop\",phase=\"Running\",pod=\"catalog-v1-abc-1\"} 1.0");
            awaitSample(
                    collector,
                    "kube_pod_status_ready{condition=\"true\",namespace=\"shop\",pod=\"catalog-v1-abc-1\"} 1.0");
            awaitSample(
                    collector,
                    "kube_pod_container_status_restarts_total{container=\"catalog\",namespace=\"shop\",pod=\"catalog-v1-abc-1\"} 3.0");
            awaitSample(
                    collector,
                    "binnacle_kubernetes_pod_sidecar_ready{namespace=\"shop\",pod=\"catalog-v1-abc-1\"} 1.0");

            server.kubectl("delete", "pod", "-n", "shop", "catalog-v1-abc-1", "--force", "--grace-period=0");
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> texts(collector).stream().noneMatch(s -> s.contains("catalog-v1-abc-1")));
        }
    }

    @Test
    void replicasServicesAndAddressesAreThere(ApiServer server) throws Exception {
        server.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: orders, namespace: shop}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: orders}}
                  template:
                    metadata: {labels: {app: orders}}
                    spec: {containers: [{name: orders, image: orders}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: orders, namespace: shop}
                spec: {selector: {app: orders}, ports: [{port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: orders-1, namespace: shop, labels: {kubernetes.io/service-name: orders}}
                addressType: IPv4
                endpoints:
                - {addresses: [10.0.0.1]}
                - {addresses: [10.0.0.2], conditions: {ready: false}}
                """);
        try (var context = context(Map.of("namespaces", "*"));
                var collector = new KubernetesCollectorFactory().create(context)) {
            awaitSample(collector, "kube_deployment_spec_replicas{deployment=\"orders\",namespace=\"shop\"} 3.0");
            awaitSample(
                    collector, "kube_deployment_status_replicas_ready{deployment=\"orders\",namespace=\"shop\"} 0.0");
            awaitSample(
                    collector, "kube_service_spec_type{namespace=\"shop\",service=\"orders\",type=\"ClusterIP\"} 1.0");
            awaitSample(
                    collector,
                    "binnacle_kubernetes_service_addresses{namespace=\"shop\",ready=\"true\",service=\"orders\"} 1.0");
            awaitSample(
                    collector,
                    "binnacle_kubernetes_service_addresses{namespace=\"shop\",ready=\"false\",service=\"orders\"} 1.0");
        }
    }

    @Test
    void warningsAreCountedFromWhenItLooks(ApiServer server) throws Exception {
        server.apply(event("before", "FailedMount", 7));
        try (var context = context(Map.of("namespaces", "shop"));
                var collector = new KubernetesCollectorFactory().create(context)) {
            String mounts =
                    "binnacle_kubernetes_warning_events_total{kind=\"Pod\",namespace=\"shop\",reason=\"FailedMount\"} ";
            awaitSample(collector, mounts + "0.0");
            server.apply(event("before", "FailedMount", 9));
            awaitSample(collector, mounts + "2.0");
            server.apply(event("later", "FailedMount", 4));
            awaitSample(collector, mounts + "6.0");
        }
    }

    @Test
    void itOutlivesTheApiServer(ApiServer server) throws Exception {
        try (var context = context(Map.of("namespaces", "shop"));
                var collector = new KubernetesCollectorFactory().create(context)) {
            awaitSample(collector, "binnacle_kubernetes_up{resource=\"pods\"} 1.0");
            server.kill();
            awaitSample(collector, "binnacle_kubernetes_up{resource=\"pods\"} 0.0");
            server.startAgain();
            server.apply(pod("after-1"));

            awaitSample(collector, "kube_pod_status_phase{namespace=\"shop\",phase=\"Pending\",pod=\"after-1\"} 1.0");
        }
    }

    @Test
    void aRightThatIsMissingIsNamed(ApiServer server) throws Exception {
        server.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: pods-only, namespace: binnacle}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: pods-only}
                rules: [{apiGroups: [""], resources: [pods], verbs: [list, watch]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: pods-only}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: pods-only}
                subjects: [{kind: ServiceAccount, name: pods-only, namespace: binnacle}]
                """);
        var settings = Map.of(
                "namespaces", "*",
                "resources", "pods,services",
                "kubeconfig", server.kubeconfig("binnacle", "pods-only").toString());
        try (var context = TestContext.of(new KubernetesCollectorFactory(), settings);
                var collector = new KubernetesCollectorFactory().create(context)) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(failure(collector))
                                    .isEqualTo(
                                            "services: services is forbidden: User \"system:serviceaccount:binnacle:pods-only\""
                                                    + " cannot list resource \"services\" in API group \"\" at the cluster scope"));
            assertThat(texts(collector))
                    .contains(
                            "binnacle_kubernetes_up{resource=\"pods\"} 1.0",
                            "binnacle_kubernetes_up{resource=\"services\"} 0.0");
        }
    }

    private static TestContext context(Map<String, String> settings) throws Exception {
        var all = new java.util.HashMap<>(settings);
        all.put("kubeconfig", kubeconfig.toString());
        return TestContext.of(new KubernetesCollectorFactory(), all);
    }

    private static void awaitSample(Collector collector, String sample) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(texts(collector)).contains(sample));
    }

    /** The samples without the uid, which nobody knows beforehand. */
    private static TreeSet<String> texts(Collector collector) throws Exception {
        List<Sample> samples;
        try {
            samples = collector.collect(Instant.now());
        } catch (CollectionException e) {
            samples = e.seen().isEmpty() ? List.of() : e.seen();
            if (samples.isEmpty()) {
                return new TreeSet<>(List.of("binnacle_kubernetes_up{resource=\"pods\"} 0.0"));
            }
        }
        var texts = new TreeSet<String>();
        for (var sample : samples) {
            var series = sample.series();
            texts.add(series.name() + series.labels().with("uid", "") + " " + sample.value());
        }
        return texts;
    }

    private static String failure(Collector collector) throws InterruptedException {
        try {
            collector.collect(Instant.now());
            return "";
        } catch (CollectionException e) {
            return e.getMessage();
        }
    }

    private static void status(ApiServer server, String patch) throws Exception {
        server.kubectl(
                "patch", "pod", "-n", "shop", "catalog-v1-abc-1", "--subresource=status", "--type=merge", "-p", patch);
    }

    private static String pod(String name) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: shop
                  labels: {app: catalog, version: v1, pod-template-hash: abc}
                  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: catalog-v1-abc, uid: "1", controller: true}]
                spec: {containers: [{name: catalog, image: catalog}, {name: istio-proxy, image: proxy}]}
                """.formatted(name);
    }

    private static String event(String name, String reason, int count) {
        return """
                apiVersion: v1
                kind: Event
                metadata: {name: %s, namespace: shop}
                type: Warning
                reason: %s
                count: %d
                involvedObject: {kind: Pod, name: a, namespace: shop}
                """.formatted(name, reason, count);
    }
}
