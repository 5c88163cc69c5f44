package dev.binnacle.app.discovery;

import dev.binnacle.mesh.topology.Pod;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists what Prometheus should scrape. */
final class Targets {
    private static final int MERGED_METRICS = 15020;
    private static final String PATH = "__metrics_path__";

    private Targets() {}

    /**
     * Returns every target once.
     *
     * @param pods of the instance, ready or not: a pod that is down shall show as {@code up == 0}
     * @param app the application's own address
     * @param pages paths on the application where plugins serve metrics
     * @param prometheus Prometheus' own address
     */
    static List<TargetGroup> of(List<Pod> pods, String app, Collection<String> pages, URI prometheus) {
        var groups = new ArrayList<TargetGroup>();
        pods.forEach(pod -> groups.add(pod(pod)));
        groups.add(group(app, "binnacle", "/q/metrics"));
        groups.add(group(app, "pilot", "/metrics/pilot"));
        pages.stream().sorted().forEach(path -> groups.add(group(app, "binnacle-plugins", path)));
        groups.add(group(address(prometheus), "prometheus", metricsPath(prometheus)));
        return List.copyOf(groups);
    }

    private static TargetGroup pod(Pod pod) {
        var labels = new TreeMap<String, String>();
        labels.put("job", job(pod));
        labels.put(PATH, "/stats/prometheus");
        labels.put("namespace", pod.namespace());
        labels.put("pod", pod.name());
        // As Istio's own scrape configuration does it; dashboards select by these two.
        for (String label : List.of("app", "version")) {
            String value = pod.labels().get(label);
            if (value != null) {
                labels.put(label, value);
            }
        }
        return new TargetGroup(List.of(pod.podIp() + ":" + MERGED_METRICS), labels);
    }

    private static String job(Pod pod) {
        return switch (pod.kind()) {
            case SIDECAR -> "istio-proxy";
            case GATEWAY -> "istio-gateway";
            case PLAIN -> "kubernetes-pods";
        };
    }

    private static TargetGroup group(String target, String job, String path) {
        return new TargetGroup(List.of(target), Map.of("job", job, PATH, path));
    }

    private static String address(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return uri.getHost() + ":" + port;
    }

    private static String metricsPath(URI uri) {
        return (uri.getPath() == null ? "" : uri.getPath()).replaceAll("/$", "") + "/metrics";
    }
}
