package dev.binnacle.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Tells Prometheus by HTTP what its discovery of pods would find in a cluster: the pods that the manifests' Deployments would have after
 * Istio's injection, with the labels of the role {@code pod}. Debian's Prometheus has no discovery of Kubernetes' own. Pods are called
 * as the local ones, so that they can be told one by one.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#pod">the role pod</a>
 */
final class StandInCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = "__meta_kubernetes_";

    private final HttpServer server;
    private final List<Map<String, Object>> pods;

    private StandInCluster(List<Map<String, Object>> pods) throws IOException {
        this.pods = pods;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Starts one with the pods of all Deployments in these folders of the clone. */
    static StandInCluster of(Path clone, String... folders) throws IOException {
        var pods = new ArrayList<Map<String, Object>>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(clone.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    for (Object document : yaml().loadAll(Files.readString(file))) {
                        if (document != null
                                && "Deployment".equals(map(document).get("kind"))) {
                            addPods(map(document), pods);
                        }
                    }
                }
            }
        }
        return new StandInCluster(pods);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void addPods(Map<String, Object> deployment, List<Map<String, Object>> pods) {
        var spec = map(deployment.get("spec"));
        for (int i = 0; i < (int) spec.getOrDefault("replicas", 1); i++) {
            pods.add(pod(deployment, map(spec.get("template")), i, "10.1.0." + (pods.size() + 1)));
        }
    }

    private static Map<String, Object> pod(
            Map<String, Object> deployment, Map<String, Object> template, int number, String ip) {
        var own = map(deployment.get("metadata"));
        var asWritten = map(template.get("metadata"));
        var metadata = new TreeMap<String, Object>(Map.of(
                "name", own.get("name") + "-" + number,
                "namespace", own.getOrDefault("namespace", "default"),
                "labels", asWritten.get("labels")));
        var annotations = new TreeMap<>(map(asWritten.getOrDefault("annotations", Map.of())));
        var spec = map(template.get("spec"));
        var containers = new ArrayList<Object>((List<?>) spec.get("containers"));
        if (isInjected(asWritten)) {
            // What Istio's injector does to pods where metrics are merged, its default, and to its gateways.
            annotations.put("prometheus.io/scrape", "true");
            annotations.put("prometheus.io/port", "15020");
            annotations.put("prometheus.io/path", "/stats/prometheus");
            containers.add(Map.of(
                    "name",
                    "istio-proxy",
                    "ports",
                    List.of(Map.of("name", "http-envoy-prom", "containerPort", 15090, "protocol", "TCP"))));
        }
        metadata.put("annotations", annotations);
        return Map.of(
                "metadata",
                metadata,
                "spec",
                Map.of("containers", containers),
                "status",
                Map.of("phase", "Running", "podIP", ip));
    }

    private static boolean isInjected(Map<String, Object> template) {
        String label = "sidecar.istio.io/inject";
        return !"false".equals(map(template.get("labels")).get(label))
                && !"false"
                        .equals(map(template.getOrDefault("annotations", Map.of()))
                                .get(label));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = JSON.writeValueAsBytes(
                pods.stream().flatMap(StandInCluster::targets).toList());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** One for each port of each container, or for the container where it has none. */
    private static Stream<Map<String, Object>> targets(Map<String, Object> pod) {
        String ip = map(pod.get("status")).get("podIP").toString();
        return ((List<?>) map(pod.get("spec")).get("containers"))
                .stream().map(StandInCluster::map).flatMap(container -> {
                    var labels = metaLabels(pod);
                    labels.put(
                            META + "pod_container_name", container.get("name").toString());
                    var ports = (List<?>) container.getOrDefault("ports", List.of());
                    return ports.isEmpty()
                            ? Stream.of(Map.of("targets", List.of(ip), "labels", labels))
                            : ports.stream().map(port -> target(ip, map(port), labels));
                });
    }

    private static Map<String, Object> target(String ip, Map<String, Object> port, Map<String, String> ofPod) {
        var labels = new TreeMap<>(ofPod);
        labels.put(
                META + "pod_container_port_name", port.getOrDefault("name", "").toString());
        labels.put(META + "pod_container_port_number", port.get("containerPort").toString());
        labels.put(META + "pod_container_port_protocol", "TCP");
        return Map.of("targets", List.of(ip + ":" + port.get("containerPort")), "labels", labels);
    }

    private static TreeMap<String, String> metaLabels(Map<String, Object> pod) {
        var metadata = map(pod.get("metadata"));
        var status = map(pod.get("status"));
        var labels = new TreeMap<>(Map.of(
                META + "namespace", metadata.get("namespace").toString(),
                META + "pod_name", metadata.get("name").toString(),
                META + "pod_ip", status.get("podIP").toString(),
                META + "pod_phase", status.get("phase").toString(),
                META + "pod_ready", "true"));
        for (String kind : List.of("label", "annotation")) {
            map(metadata.get(kind + "s")).forEach((name, value) -> {
                String fitting = name.replaceAll("[^a-zA-Z0-9_]", "_");
                labels.put(META + "pod_" + kind + "_" + fitting, value.toString());
                labels.put(META + "pod_" + kind + "present_" + fitting, "true");
            });
        }
        return labels;
    }

    @SuppressWarnings("unchecked") // YAML's mappings have texts as keys
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }
}
