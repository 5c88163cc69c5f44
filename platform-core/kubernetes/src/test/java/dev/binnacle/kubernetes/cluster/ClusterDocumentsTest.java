package dev.binnacle.kubernetes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ClusterDocumentsTest {
    private static final ClusterKind SERVICE = new ClusterKind("", "v1", "services", "Service");
    private static final ClusterKind DEPLOYMENT = new ClusterKind("apps", "v1", "deployments", "Deployment");

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final Documents documents = new Documents(json);

    @Test
    void whatTheApiServerNotesIsLeftOut() {
        var document = documents.of(SERVICE, object("""
                {"apiVersion": "v1", "kind": "Service",
                 "metadata": {"name": "catalog", "namespace": "shop", "uid": "1", "resourceVersion": "7",
                   "managedFields": [{"manager": "kubectl"}], "labels": {"app": "catalog"},
                   "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}", "kept": "yes"}},
                 "spec": {"ports": [{"port": 80}]}, "status": {"loadBalancer": {}}}
                """));

        assertThat(document.name()).isEqualTo("Service shop/catalog");
        assertThat(read(document.text())).isEqualTo(read("""
                        {"apiVersion": "v1", "kind": "Service",
                         "metadata": {"name": "catalog", "namespace": "shop", "labels": {"app": "catalog"},
                           "annotations": {"kept": "yes"}},
                         "spec": {"ports": [{"port": 80}]}}
                        """));
    }

    @Test
    void whateverIsInATextComesThroughYaml() {
        String hostile = "\"'{{x}} $(y) %\n\t\r\0\u0007\u0085\u2028\uFFFE\uD800 😀 --- # :";
        var object = object("{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}}");
        object.getMetadata().setAnnotations(Map.of("note", hostile));

        String text = documents.of(SERVICE, object).text();

        assertThat(text).matches("[ -~]*");
        var metadata = (Map<?, ?>) ((Map<?, ?>) read(text)).get("metadata");
        assertThat(metadata.get("annotations")).isEqualTo(Map.of("note", hostile));
    }

    @Test
    void aNameOutsideIsAHostThatCanBeCalled() {
        var document = documents.of(SERVICE, object("""
                {"metadata": {"name": "a", "namespace": "b"},
                 "spec": {"type": "ExternalName", "externalName": "example.org", "ports": [{"port": 443}]}}
                """));

        assertThat(document.text())
                .doesNotContain("ExternalName", "example.org")
                .contains("443");
    }

    @Test
    void whatIsMissingInAnObjectIsMissing() {
        for (String empty : List.of("{\"metadata\": {\"name\": \"a\", \"namespace\": \"b\"}}", """
                {"metadata": {"name": "a", "namespace": "b"}, "spec": {"template": 1, "containers": "x"}, "status": null,
                 "endpoints": [null, {"addresses": null}], "count": "many"}
                """)) {
            assertThat(Pod.of(object(empty)).owner()).isEqualTo(new Pod.Owner("Pod", "a"));
            assertThat(Workload.of(DEPLOYMENT, object(empty))
                            .document(documents)
                            .name())
                    .isEqualTo("Deployment b/a");
            assertThat(Endpoints.of(object(empty)).ready()).isEmpty();
            assertThat(Warning.of(object(empty)).count()).isEqualTo(1);
        }
    }

    @Test
    void podsOfADeploymentAreKnownByItsName() {
        var pod = Pod.of(object("""
                {"metadata": {"name": "catalog-v1-abc-1", "namespace": "shop",
                   "labels": {"app": "catalog", "pod-template-hash": "abc"},
                   "ownerReferences": [{"kind": "ReplicaSet", "name": "catalog-v1-abc", "controller": true}]},
                 "spec": {"containers": [
                   {"name": "catalog", "ports": [{"containerPort": 8080, "name": "http"}, {"containerPort": 53, "protocol": "UDP"}]},
                   {"name": "metrics", "ports": [{"containerPort": 9090}]},
                   {"name": "istio-proxy", "ports": [{"containerPort": 15090}]}]},
                 "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
                """));

        assertThat(pod.owner()).isEqualTo(new Pod.Owner("Deployment", "catalog-v1"));
        assertThat(pod.isReady()).isTrue();
        assertThat(pod.template().labels()).isEqualTo(Map.of("app", "catalog"));
        assertThat(pod.template().ports()).isEqualTo(Map.of(8080, "http", 9090, ""));
    }

    @Test
    void aPodThatMovesBetweenSlicesIsReadyOnce() {
        var slices = List.of(
                new Endpoints("shop", "catalog", List.of("10.0.0.1"), List.of("10.0.0.2")),
                new Endpoints("shop", "catalog", List.of("10.0.0.2"), List.of("10.0.0.3")));

        assertThat(Endpoints.together(slices))
                .containsExactly(
                        new Endpoints("shop", "catalog", List.of("10.0.0.1", "10.0.0.2"), List.of("10.0.0.3")));
    }

    private GenericKubernetesResource object(String text) {
        return json.unmarshal(text, GenericKubernetesResource.class);
    }

    private static Object read(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
