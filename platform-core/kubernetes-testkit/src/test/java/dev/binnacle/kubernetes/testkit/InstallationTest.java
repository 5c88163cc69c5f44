package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed in a cluster is what runs on a laptop, and a cluster with restricted Pod Security takes it. */
@NeedsKubernetes
class InstallationTest {
    private static final String CHART =
            Documents.TOP.resolve("platform-core/chart").toString();

    /** What the chart adds to what runs on a laptop. */
    private static final Set<Object> ADDED = Set.of("NetworkPolicy", "PodDisruptionBudget");

    /** What a laptop has and a cluster has from Istio's installation. */
    private static final Set<Object> ISTIO_OWN = Set.of("Namespace", "ConfigMap");

    @TempDir
    Path folder;

    @BeforeEach
    void guardNamespaces(ApiServer server) throws Exception {
        server.installCustomResources();
        for (String namespace : List.of("shop", "istio-system")) {
            server.apply("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %s, labels: {pod-security.kubernetes.io/enforce: restricted}}
                    """.formatted(namespace));
        }
    }

    @Test
    void theChartIsWhatRunsLocally(ApiServer server) throws Exception {
        var installed = Documents.of(chart(server, "--set", "spans.address=otlp.tools.svc.cluster.local"));

        var rendered = Documents.in(
                "shop",
                installed.stream()
                        .filter(object -> !ADDED.contains(object.get("kind")))
                        .toList());
        rendered.values().forEach(InstallationTest::forgetWhatAClusterNeeds);
        assertThat(rendered).isEqualTo(Documents.in("shop", local()));
    }

    @Test
    void kustomizeIsWhatRunsLocallyWithoutSpans(ApiServer server) throws Exception {
        var rendered = Documents.of(server.kubectl("kustomize", Documents.TOP.toString())).stream()
                .filter(object -> !ISTIO_OWN.contains(object.get("kind")))
                .toList();

        var expected = Documents.in("default", local());
        Documents.in("default", Documents.ofFiles("istio/spans.yaml")).keySet().forEach(expected::remove);
        assertThat(Documents.in("default", rendered)).isEqualTo(expected);
    }

    @Test
    void aGuardedClusterTakesAllOfIt(ApiServer server) throws Exception {
        String rendered = chart(server, "--set", "spans.address=otlp.tools.svc.cluster.local");

        assertThat(dryRun(server, rendered).lines())
                .hasSameSizeAs(Documents.of(rendered))
                .allMatch(line -> line.endsWith("serverside-applied (server dry run)"));
        assertThat(dryRun(server, Documents.podsOf(Documents.of(rendered))).lines())
                .hasSize(10);
        assertThat(dryRun(server, server.kubectl("kustomize", Documents.TOP.toString())))
                .contains("deployment.apps/catalog-v1 serverside-applied");
    }

    @Test
    void theRulesThatRunLocallyAreThereForAnOperator(ApiServer server) throws Exception {
        String rendered =
                chart(server, "--set", "monitoring.operator=true", "--show-only", "templates/monitoring.yaml");
        var objects = Documents.in("shop", Documents.of(rendered));

        for (String name : List.of("mesh-recording", "mesh-alerts", "slo")) {
            assertThat(objects.get("PrometheusRule istio-system/" + name))
                    .containsEntry(
                            "spec",
                            Documents.ofFiles("prometheus/rules/" + name + ".yml")
                                    .getFirst());
        }
        assertThat(objects).containsKey("PodMonitor istio-system/istio-proxies");
        assertThat(dryRun(server, rendered).lines()).hasSameSizeAs(objects.values());
    }

    @Test
    void istioHasNothingToSayAboutIt(ApiServer server) throws Exception {
        String rendered = chart(server);

        assertThat(analyzed(server, rendered)).isEqualToIgnoringWhitespace("[]");
        assertThat(analyzed(server, rendered.replace("subset: v2", "subset: v9")))
                .contains("IST0101");
    }

    @Test
    void valuesChangeImagesReplicasAndWhatIsAdded(ApiServer server) throws Exception {
        String rendered = chart(
                server,
                "--set",
                "images.registry=registry.example:5000,replicas.catalog-v1=3,gateway.enabled=false,"
                        + "networkPolicies.enabled=false,disruptionBudgets.enabled=false");

        assertThat(rendered)
                .contains("image: registry.example:5000/binnacle/catalog:0.1.0", "replicas: 3")
                .doesNotContain("NetworkPolicy", "PodDisruptionBudget", "name: istio-ingressgateway", "Telemetry");
    }

    @Test
    void istiodIsConfiguredAsTheMeshIsLocally(ApiServer server) throws Exception {
        Path istio = Programs.ofUser().source("istioctl", "istio.io/istio");
        String rendered = server.run(
                Program.HELM,
                "",
                "template",
                "istiod",
                istio.resolve("manifests/charts/istio-control/istio-discovery").toString(),
                "--namespace=istio-system",
                "--values=" + Documents.TOP.resolve("istio/values-istiod.yaml"));

        var config = Documents.in("istio-system", Documents.of(rendered)).get("ConfigMap istio-system/istio");
        assertThat(mesh(config))
                .containsAllEntriesOf(
                        mesh(Documents.ofFiles("istio/mesh-config.yaml").getFirst()));
    }

    private static Map<String, Object> mesh(Map<String, Object> config) {
        String text = String.valueOf(Documents.map(config.get("data")).get("mesh"));
        return Documents.of(text).getFirst();
    }

    /** Everything that the launcher reads, but for what Istio's installation brings. */
    private static List<Map<String, Object>> local() throws IOException {
        var files = new ArrayList<String>();
        for (String name : List.of("sample-services/kubernetes", "istio", "istio/gateway")) {
            try (Stream<Path> found = Files.list(Documents.TOP.resolve(name))) {
                files.addAll(found.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".yaml"))
                        .filter(file -> !file.startsWith("values") && !file.startsWith("kustomization"))
                        .map(file -> name + "/" + file)
                        .toList());
            }
        }
        return Documents.ofFiles(files.toArray(String[]::new)).stream()
                .filter(object -> !ISTIO_OWN.contains(object.get("kind")))
                .collect(Collectors.toList());
    }

    private static void forgetWhatAClusterNeeds(Map<String, Object> object) {
        var spec = Documents.map(object.getOrDefault("spec", Map.of()));
        if (object.get("kind").equals("ServiceEntry")) {
            spec.remove("endpoints");
        }
        if (object.get("kind").equals("Deployment")) {
            var pod = Documents.map(Documents.map(spec.get("template")).get("spec"));
            ((List<?>) pod.get("containers"))
                    .forEach(container -> Documents.map(container).remove("imagePullPolicy"));
        }
    }

    private String analyzed(ApiServer server, String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("rendered.yaml"), yaml);
        return server.run(
                Program.ISTIOCTL, "", "analyze", "--use-kube=false", "-n", "shop", "-o", "json", file.toString());
    }

    private static String chart(ApiServer server, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("template", "shop", CHART, "--namespace", "shop"));
        arguments.addAll(List.of(more));
        return server.run(Program.HELM, "", arguments.toArray(String[]::new));
    }

    private static String dryRun(ApiServer server, String yaml) throws Exception {
        return server.run(
                Program.KUBECTL, yaml, "apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-");
    }
}
