package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed in a cluster is what runs on a laptop, and a cluster with restricted Pod Security takes it. */
@NeedsKubernetes
class InstallationTest {
    private static final Path RIGHTS = Path.of("platform-core/kubernetes/src/main/kubernetes/rbac.yaml");

    /** What a laptop has and a cluster has from Istio's installation. */
    private static final Set<Object> ISTIO_OWN = Set.of("Namespace", "ConfigMap");

    @TempDir
    Path folder;

    @BeforeEach
    void guardNamespaces(ApiServer server) throws Exception {
        server.installCustomResources();
        for (String namespace : List.of("shop", "istio-system", "binnacle")) {
            server.apply("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %s, labels: {pod-security.kubernetes.io/enforce: restricted}}
                    """.formatted(namespace));
        }
    }

    @Test
    void theChartIsWhatRunsLocallyAndWhatAClusterNeedsBeside(ApiServer server) throws Exception {
        var rendered = Documents.in(
                "shop",
                Documents.of(new Chart(server).rendered("--set", "spans.address=otlp.tools.svc.cluster.local")));

        var expected = Documents.in("shop", local());
        expected.putAll(Documents.in("shop", ofCluster("shop")));
        rendered.remove("ConfigMap shop/objectives");
        forgetSpans(rendered.get("NetworkPolicy shop/samples"));
        rendered.values().forEach(InstallationTest::forgetWhatAClusterNeeds);
        expected.values().forEach(InstallationTest::forgetWhatAClusterNeeds);
        assertThat(rendered).isEqualTo(expected);
    }

    @Test
    void kustomizeIsTheChart(ApiServer server) throws Exception {
        var kustomized = Documents.of(server.kubectl("kustomize", Documents.TOP.toString())
                        .replace("namespace: binnacle", "namespace: default"))
                .stream()
                .filter(object -> !object.get("kind").equals("Namespace"))
                .toList();
        var charted = Documents.of(new Chart(server).rendered().replace("namespace: shop", "namespace: default"));

        var expected = Documents.in("default", charted);
        expected.values().forEach(InstallationTest::forgetWhatAClusterNeeds);
        var found = Documents.in("default", kustomized);
        found.values().forEach(InstallationTest::forgetWhatAClusterNeeds);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aGuardedClusterTakesAllOfIt(ApiServer server) throws Exception {
        var chart = new Chart(server);
        String rendered =
                chart.rendered("--set", "spans.address=otlp.tools.svc.cluster.local,monitoring.operator=true");

        assertThat(chart.dryRun(rendered))
                .hasSameSizeAs(Documents.of(rendered))
                .allMatch(line -> line.endsWith("serverside-applied (server dry run)"));
        assertThat(chart.dryRun(Documents.podsOf(Documents.of(rendered)))).hasSize(11);
        assertThat(chart.dryRun(server.kubectl("kustomize", Documents.TOP.toString())))
                .contains("deployment.apps/catalog-v1 serverside-applied (server dry run)");
    }

    /** Without the platform's generators the rules and dashboards that run locally come with the chart. */
    @Test
    void theRulesThatRunLocallyAreThereForAnOperator(ApiServer server) throws Exception {
        var chart = new Chart(server);
        String rendered = chart.rendered(
                "--set",
                "monitoring.operator=true,platform.generates=false,monitoring.labels.release=prometheus",
                "--show-only",
                "templates/monitoring.yaml");
        var objects = Documents.in("shop", Documents.of(rendered));

        for (String name : List.of("mesh-recording", "mesh-alerts", "slo")) {
            assertThat(objects.get("PrometheusRule istio-system/" + name))
                    .containsEntry(
                            "spec",
                            Documents.ofFiles("prometheus/rules/" + name + ".yml")
                                    .getFirst());
        }
        assertThat(objects)
                .containsKeys(
                        "PodMonitor istio-system/istio-proxies",
                        "ServiceMonitor istio-system/istiod",
                        "ServiceMonitor shop/binnacle");
        assertThat(dashboards(objects)).isEqualTo(dashboardFiles());
        assertThat(chart.dryRun(rendered)).hasSameSizeAs(objects.values());
        assertThat(chart.rendered("--set", "monitoring.operator=true"))
                .as("what the platform writes itself")
                .doesNotContain("kind: PrometheusRule", "grafana_dashboard");
    }

    @Test
    void istioHasNothingToSayAboutIt(ApiServer server) throws Exception {
        String rendered = new Chart(server).rendered();

        assertThat(analyzed(server, rendered)).isEqualToIgnoringWhitespace("[]");
        assertThat(analyzed(server, rendered.replace("subset: v2", "subset: v9")))
                .contains("IST0101");
    }

    @Test
    void valuesChangeImagesReplicasAndWhatIsAdded(ApiServer server) throws Exception {
        String rendered = new Chart(server)
                .rendered(
                        "--set",
                        "images.registry=registry.example:5000,replicas.catalog-v1=3,gateway.enabled=false,"
                                + "networkPolicies.enabled=false,disruptionBudgets.enabled=false,platform.enabled=false");

        assertThat(rendered)
                .contains("image: registry.example:5000/binnacle/catalog:0.1.0", "replicas: 3")
                .doesNotContain(
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "name: istio-ingressgateway",
                        "Telemetry",
                        "ClusterRole");
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

    /** What a cluster has and a laptop has not, installed in {@code namespace}. */
    private static List<Map<String, Object>> ofCluster(String namespace) throws IOException {
        var text = new StringBuilder(Files.readString(Documents.TOP.resolve(RIGHTS)));
        try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("cluster"))) {
            for (Path file : files.toList()) {
                text.append("\n---\n").append(Files.readString(file));
            }
        }
        return Documents.of(text.toString().replace("namespace: binnacle", "namespace: " + namespace)).stream()
                .filter(object -> !object.get("kind").equals("Namespace"))
                .toList();
    }

    private static Map<String, String> dashboards(Map<String, Map<String, Object>> objects) {
        var texts = new TreeMap<String, String>();
        objects.values().stream()
                .filter(object -> object.get("kind").equals("ConfigMap"))
                .forEach(object ->
                        Documents.map(object.get("data")).forEach((name, text) -> texts.put(name, text.toString())));
        return texts;
    }

    private static Map<String, String> dashboardFiles() throws IOException {
        Path folder = Documents.TOP.resolve("grafana/dashboards");
        var texts = new TreeMap<String, String>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    /** The last way out is the one to whoever takes spans. */
    private static void forgetSpans(Map<String, Object> policy) {
        ((List<?>) Documents.map(policy.get("spec")).get("egress")).removeLast();
    }

    private static void forgetWhatAClusterNeeds(Map<String, Object> object) {
        var spec = Documents.map(object.getOrDefault("spec", Map.of()));
        if (object.get("kind").equals("ServiceEntry")) {
            spec.remove("endpoints");
        }
        if (object.get("kind").equals("ConfigMap")) {
            Documents.map(object.get("data"))
                    .replaceAll((name, text) -> text.toString().strip());
        }
        if (object.get("kind").equals("Deployment")) {
            var template = Documents.map(spec.get("template"));
            var annotations = Documents.map(template.get("metadata")).get("annotations");
            if (annotations != null) {
                Documents.map(annotations).remove("binnacle.dev/settings");
            }
            ((List<?>) Documents.map(template.get("spec")).get("containers"))
                    .forEach(container -> Documents.map(container).remove("imagePullPolicy"));
        }
    }

    private String analyzed(ApiServer server, String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("rendered.yaml"), yaml);
        return server.run(
                Program.ISTIOCTL, "", "analyze", "--use-kube=false", "-n", "shop", "-o", "json", file.toString());
    }
}
