package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.yaml.YamlWriter;
import dev.binnacle.prometheus.yaml.YamlWriter.Commented;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Prometheus in the cluster scrapes: found by Kubernetes' discovery, or by the operator's PodMonitor and ServiceMonitor.
 *
 * <p>Pods are asked directly and not through their services (facts F8). Istio's injection writes {@code prometheus.io} annotations
 * that lead to 15020, where Envoy and application answer together; pods without them answer for Envoy alone on 15090 (facts F9).
 */
record KubernetesScrapes(PrometheusSettings settings, AllowList allowed) {
    private static final String POD = "__meta_kubernetes_pod_";
    private static final String ANNOTATION = POD + "annotation_prometheus_io_";
    private static final String ENVOY_PORT = "http-envoy-prom";
    private static final String ENDED = "Pending|Succeeded|Failed";

    /** Returns Prometheus' own configuration. */
    String configuration() {
        var file = ScrapeConfiguration.common(settings, "/etc/prometheus/rules/*.yml");
        file.put("scrape_configs", List.of(merged(), envoysAlone(), istiod()));
        return YamlWriter.write(file);
    }

    /** Returns a PodMonitor for all pods with a sidecar and for gateways. */
    String podMonitor() {
        var endpoint = new LinkedHashMap<String, Object>();
        endpoint.put("port", ENVOY_PORT);
        endpoint.put("path", "/stats/prometheus");
        endpoint.put("interval", Durations.text(settings.interval()));
        endpoint.put("scrapeTimeout", Durations.text(settings.timeout()));
        endpoint.put(
                "relabelings",
                List.of(
                        camel(Relabel.leaveOut(ENDED, POD + "phase")),
                        new Commented(
                                "Where Istio has merged the pod's metrics they are all at 15020.",
                                camel(Relabel.replace(
                                        "__address__", "true;15020;(([0-9]+\\.){3}[0-9]+)", "$1:15020", merge()))),
                        camel(Relabel.replace(
                                "__address__", "true;15020;([0-9A-Fa-f:]*:[0-9A-Fa-f:]*)", "[$1]:15020", merge())),
                        camel(Relabel.copy(POD + "label_app", "app")),
                        camel(Relabel.copy(POD + "label_version", "version"))));
        endpoint.put("metricRelabelings", camel(allowed.relabeling()));
        var spec = new LinkedHashMap<String, Object>();
        spec.put("namespaceSelector", Map.of("any", true));
        spec.put("selector", Map.of("matchExpressions", List.of(sidecars())));
        spec.put("podMetricsEndpoints", List.of(endpoint));
        return resource("PodMonitor", "istio-proxies", spec);
    }

    /** Returns a ServiceMonitor for Istio's control plane. */
    String serviceMonitor() {
        var endpoint = new LinkedHashMap<String, Object>();
        endpoint.put("port", "http-monitoring");
        endpoint.put("interval", Durations.text(settings.interval()));
        endpoint.put("scrapeTimeout", Durations.text(settings.timeout()));
        endpoint.put("metricRelabelings", camel(allowed.relabeling()));
        var spec = new LinkedHashMap<String, Object>();
        spec.put("namespaceSelector", Map.of("matchNames", List.of("istio-system")));
        spec.put("selector", Map.of("matchLabels", Map.of("istio", "pilot")));
        spec.put("endpoints", List.of(endpoint));
        return resource("ServiceMonitor", "istiod", spec);
    }

    private Object merged() {
        var job = discovered("pods", "pod");
        job.put(
                "relabel_configs",
                List.of(
                        Relabel.keep("true", ANNOTATION + "scrape"),
                        Relabel.leaveOut(ENDED, POD + "phase"),
                        Relabel.replace("__scheme__", "(https?)", "$1", ANNOTATION + "scheme"),
                        Relabel.replace("__metrics_path__", "(.+)", "$1", ANNOTATION + "path"),
                        Relabel.replace(
                                "__address__",
                                "([0-9]+);(([0-9]+\\.){3}[0-9]+)",
                                "$2:$1",
                                ANNOTATION + "port",
                                POD + "ip"),
                        Relabel.replace(
                                "__address__",
                                "([0-9]+);([0-9A-Fa-f:]*:[0-9A-Fa-f:]*)",
                                "[$2]:$1",
                                ANNOTATION + "port",
                                POD + "ip"),
                        Relabel.copy("__meta_kubernetes_namespace", "namespace"),
                        Relabel.copy(POD + "name", "pod"),
                        Relabel.copy(POD + "label_app", "app"),
                        Relabel.copy(POD + "label_version", "version")));
        job.put("metric_relabel_configs", allowed.relabeling());
        return new Commented("Pods that say so, on Istio's 15020: Envoy and application in one answer.", job);
    }

    private Object envoysAlone() {
        var job = discovered("envoys", "pod");
        job.put("metrics_path", "/stats/prometheus");
        job.put(
                "relabel_configs",
                List.of(
                        Relabel.keep(ENVOY_PORT, POD + "container_port_name"),
                        Relabel.leaveOut("true", ANNOTATION + "scrape"),
                        Relabel.leaveOut(ENDED, POD + "phase"),
                        Relabel.copy("__meta_kubernetes_namespace", "namespace"),
                        Relabel.copy(POD + "name", "pod"),
                        Relabel.copy(POD + "label_app", "app"),
                        Relabel.copy(POD + "label_version", "version")));
        job.put("metric_relabel_configs", allowed.relabeling());
        return new Commented("Sidecars of pods whose metrics are not merged.", job);
    }

    private Object istiod() {
        var job = discovered("istiod", "endpoints");
        job.put(
                "relabel_configs",
                List.of(
                        Relabel.keep(
                                "istio-system;istiod.*;http-monitoring",
                                "__meta_kubernetes_namespace",
                                "__meta_kubernetes_service_name",
                                "__meta_kubernetes_endpoint_port_name"),
                        Relabel.copy("__meta_kubernetes_namespace", "namespace"),
                        Relabel.copy(POD + "name", "pod")));
        job.put("metric_relabel_configs", allowed.relabeling());
        return new Commented("Istio's control plane.", job);
    }

    private static Map<String, Object> discovered(String job, String role) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("job_name", job);
        tree.put("kubernetes_sd_configs", List.of(Map.of("role", role)));
        return tree;
    }

    private static Map<String, Object> sidecars() {
        var expression = new LinkedHashMap<String, Object>();
        expression.put("key", "istio-prometheus-ignore");
        expression.put("operator", "DoesNotExist");
        return expression;
    }

    private static String[] merge() {
        return new String[] {ANNOTATION + "scrape", ANNOTATION + "port", POD + "ip"};
    }

    private static String resource(String kind, String name, Map<String, Object> spec) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", name);
        metadata.put("namespace", "istio-system");
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "monitoring.coreos.com/v1");
        tree.put("kind", kind);
        tree.put("metadata", metadata);
        tree.put("spec", spec);
        return YamlWriter.write(tree);
    }

    private static List<Object> camel(List<Object> steps) {
        var result = new ArrayList<Object>();
        steps.forEach(step -> result.add(camel(step)));
        return result;
    }

    /** The operator writes the same steps with names of its own. */
    private static Object camel(Object step) {
        return switch (step) {
            case Commented(var comment, var content) -> new Commented(comment, camel(content));
            case Map<?, ?> map -> {
                var result = new LinkedHashMap<String, Object>();
                map.forEach((key, value) -> result.put(
                        switch (key.toString()) {
                            case "source_labels" -> "sourceLabels";
                            case "target_label" -> "targetLabel";
                            default -> key.toString();
                        },
                        value));
                yield result;
            }
            default -> step;
        };
    }
}
