package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Istio's own charts render with our values, into what the manifests count on. */
@NeedsKubernetes
class UpstreamChartsTest {
    @Test
    void istiodIsConfiguredAsTheMeshIsLocally(ApiServer server) throws Exception {
        var objects = rendered(server, "istio-control/istio-discovery", "istiod", "istio/values-istiod.yaml");

        assertThat(mesh(objects.get("ConfigMap istio-system/istio")))
                .containsAllEntriesOf(
                        mesh(Documents.ofFiles("istio/mesh-config.yaml").getFirst()));
    }

    @Test
    void istiodHasAReplicaToLose(ApiServer server) throws Exception {
        var objects = rendered(server, "istio-control/istio-discovery", "istiod", "istio/values-istiod.yaml");

        assertThat(Documents.map(objects.get("HorizontalPodAutoscaler istio-system/istiod")
                        .get("spec")))
                .containsEntry("minReplicas", 2);
        assertThat(objects).containsKey("PodDisruptionBudget istio-system/istiod");
    }

    /** For those who take Istio's gateway chart in the place of ours: the same labels and ports. */
    @Test
    void theGatewayOfIstiosChartIsTheOneThatRoutesAreFor(ApiServer server) throws Exception {
        var objects = rendered(server, "gateway", "istio-ingressgateway", "istio/values-gateway.yaml");
        var ours = Documents.in("istio-system", Documents.ofFiles("istio/gateway/ingressgateway.yaml"));

        String service = "Service istio-system/istio-ingressgateway";
        assertThat(ports(objects.get(service))).containsExactlyInAnyOrderElementsOf(ports(ours.get(service)));
        assertThat(podLabels(objects.get("Deployment istio-system/istio-ingressgateway")))
                .containsAllEntriesOf(podLabels(ours.get("Deployment istio-system/istio-ingressgateway")));
    }

    @Test
    void baseBringsTheResourcesOfIstio(ApiServer server) throws Exception {
        assertThat(rendered(server, "base", "istio-base", "istio/values-base.yaml"))
                .containsKey("CustomResourceDefinition istio-system/virtualservices.networking.istio.io");
    }

    private static Map<String, Map<String, Object>> rendered(
            ApiServer server, String chart, String release, String values) throws IOException, InterruptedException {
        Path istio = Programs.ofUser().source("istioctl", "istio.io/istio");
        return Documents.in(
                "istio-system",
                Documents.of(server.run(
                        Program.HELM,
                        "",
                        "template",
                        release,
                        istio.resolve("manifests/charts").resolve(chart).toString(),
                        "--namespace=istio-system",
                        "--values=" + Documents.TOP.resolve(values))));
    }

    private static List<String> ports(Map<String, Object> service) {
        return ((List<?>) Documents.map(service.get("spec")).get("ports"))
                .stream()
                        .map(Documents::map)
                        .map(port -> port.get("name") + " " + port.get("port") + " " + port.get("targetPort"))
                        .toList();
    }

    private static Map<String, Object> podLabels(Map<String, Object> deployment) {
        var template = Documents.map(Documents.map(deployment.get("spec")).get("template"));
        return Documents.map(Documents.map(template.get("metadata")).get("labels"));
    }

    private static Map<String, Object> mesh(Map<String, Object> config) {
        String text = String.valueOf(Documents.map(config.get("data")).get("mesh"));
        return Documents.of(text).getFirst();
    }
}
