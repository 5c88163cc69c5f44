package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Prometheus scrapes locally, it scrapes in a cluster: a second one is told the pods of the same manifests, and by the generated
 * configurations it scrapes each once, at the same port and path, under the same labels.
 */
@ExtendWith(RunningMesh.class)
class TargetsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LABELS = List.of("namespace", "pod", "app", "version");
    private static final List<String> PODS = List.of("istio-proxy", "istio-gateway", "kubernetes-pods");

    @TempDir
    private Path folder;

    @Test
    void podsAreScrapedInAClusterAsTheyAreLocally(RunningMesh.Instance mesh) throws Exception {
        Path clone = mesh.binnacle().cloneFolder();
        var local = local(mesh);
        assertThat(local).containsKeys("catalog-v1-0", "catalog-v2-0", "ledger-0", "istio-ingressgateway-0");

        try (var cluster = StandInCluster.of(clone, "sample-services/kubernetes", "istio/gateway")) {
            var plain = StandInCluster.map(StandInCluster.yaml()
                    .load(Files.readString(clone.resolve("prometheus/kubernetes/prometheus.yml"))));
            var monitor = StandInCluster.map(StandInCluster.yaml()
                    .load(Files.readString(clone.resolve("prometheus/kubernetes/pod-monitor.yml"))));

            var discovered = discovered(mesh, cluster, (List<?>) plain.get("scrape_configs"));
            var monitored = discovered(mesh, cluster, List.of(jobOf(monitor)));

            // Pods that the test's instance does not start are in the cluster, too.
            assertThat(discovered).containsKeys("load-generator-0", "stock-report-0");
            assertThat(monitored).isEqualTo(discovered);
            discovered.keySet().retainAll(local.keySet());
            assertThat(discovered).isEqualTo(local);
        }
    }

    /** Each pod's port, path and labels. */
    private static Map<String, List<String>> local(RunningMesh.Instance mesh) {
        var pods = new TreeMap<String, List<String>>();
        for (JsonNode group :
                Binnacle.json(new Traffic().get(mesh.app() + "/sd/prometheus").body())) {
            var labels = group.get("labels");
            if (PODS.contains(labels.path("job").asText())) {
                for (JsonNode target : group.get("targets")) {
                    String url = "http://" + target.asText()
                            + labels.get("__metrics_path__").asText();
                    addOnce(pods, labels, URI.create(url));
                }
            }
        }
        return pods;
    }

    private Map<String, List<String>> discovered(RunningMesh.Instance mesh, StandInCluster cluster, List<?> jobs)
            throws Exception {
        for (Object job : jobs) {
            var discovery = StandInCluster.map(job).remove("kubernetes_sd_configs");
            if (discovery.equals(List.of(Map.of("role", "pod")))) {
                StandInCluster.map(job).put("http_sd_configs", List.of(Map.of("url", cluster.url())));
            }
        }
        Path data = Files.createTempDirectory(folder, "prometheus");
        Path config = data.resolve("prometheus.yml");
        // JSON is YAML, too.
        Files.writeString(config, JSON.writeValueAsString(Map.of("scrape_configs", jobs)));
        int port = freePort();
        var process = new ProcessBuilder(
                        binary(mesh),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + data.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        try {
            var traffic = new Traffic();
            var found = new ArrayList<Map<String, List<String>>>();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsMatching(e -> process.isAlive())
                    .untilAsserted(() -> {
                        var pods = podsOf(traffic.get("http://127.0.0.1:" + port + "/api/v1/targets?state=active")
                                .body());
                        assertThat(pods)
                                .as(Files.readString(data.resolve("log")))
                                .isNotEmpty();
                        found.add(pods);
                    });
            return found.getLast();
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Map<String, List<String>> podsOf(String targets) {
        var pods = new TreeMap<String, List<String>>();
        for (JsonNode target : Binnacle.json(targets).at("/data/activeTargets")) {
            addOnce(
                    pods,
                    target.get("labels"),
                    URI.create(target.get("scrapeUrl").asText()));
        }
        return pods;
    }

    private static void addOnce(Map<String, List<String>> pods, JsonNode labels, URI url) {
        var told = Stream.concat(
                        Stream.of(url.getPort() + url.getPath()),
                        LABELS.stream()
                                .map(name -> name + "=" + labels.path(name).asText()))
                .toList();
        assertThat(pods.put(labels.path("pod").asText(), told))
                .as("scraped twice: %s", told)
                .isNull();
    }

    /**
     * The scrape configuration that prometheus-operator makes of a PodMonitor with one endpoint.
     *
     * @see <a href="https://github.com/prometheus-operator/prometheus-operator/blob/main/pkg/prometheus/promcfg.go">promcfg.go</a>
     */
    private static Map<String, Object> jobOf(Map<String, Object> monitor) {
        var spec = StandInCluster.map(monitor.get("spec"));
        var endpoint = StandInCluster.map(((List<?>) spec.get("podMetricsEndpoints")).getFirst());
        var rules = new ArrayList<Map<String, Object>>();
        rules.add(rule("drop", "(Failed|Succeeded)", "__meta_kubernetes_pod_phase"));
        rules.add(rule("drop", "true", "__meta_kubernetes_pod_labelpresent_istio_prometheus_ignore"));
        rules.add(rule("keep", endpoint.get("port").toString(), "__meta_kubernetes_pod_container_port_name"));
        Map.of("namespace", "namespace", "container", "pod_container_name", "pod", "pod_name")
                .forEach((label, meta) -> rules.add(
                        Map.of("source_labels", List.of("__meta_kubernetes_" + meta), "target_label", label)));
        for (Object written : (List<?>) endpoint.get("relabelings")) {
            var rule = new TreeMap<String, Object>();
            StandInCluster.map(written)
                    .forEach((name, value) -> rule.put(
                            name.equals("sourceLabels")
                                    ? "source_labels"
                                    : name.equals("targetLabel") ? "target_label" : name,
                            value));
            rules.add(rule);
        }
        return new TreeMap<>(Map.of(
                "job_name",
                "podMonitor/istio-system/istio-proxies/0",
                "metrics_path",
                endpoint.get("path"),
                "kubernetes_sd_configs",
                List.of(Map.of("role", "pod")),
                "relabel_configs",
                rules));
    }

    private static Map<String, Object> rule(String action, String regex, String label) {
        return Map.of("action", action, "regex", regex, "source_labels", List.of(label));
    }

    private static String binary(RunningMesh.Instance mesh) {
        long pid = mesh.binnacle().status().at("/prometheus/pid").asLong();
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElseThrow();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
