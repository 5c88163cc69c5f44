package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads {@code /clusters}: the health of each cluster's endpoints, and whether the control plane is connected. */
final class ClustersReader implements PageReader {
    /** An endpoint with any of these is not used, unless too many are. */
    private static final List<String> FAILED = List.of(
            "failed_active_health_check",
            "failed_outlier_check",
            "failed_active_degraded_check",
            "pending_dynamic_removal");

    private final String controlPlaneCluster;

    ClustersReader(String controlPlaneCluster) {
        this.controlPlaneCluster = controlPlaneCluster;
    }

    @Override
    public String path() {
        return "/clusters?format=json";
    }

    @Override
    public List<Sample> read(JsonNode page, Labels proxy, Instant at) throws UnexpectedPageException {
        if (!page.isObject()
                || !page.isEmpty() && !page.path("cluster_statuses").isArray()) {
            throw new UnexpectedPageException("the field cluster_statuses is missing");
        }
        var samples = new ArrayList<Sample>();
        for (var cluster : page.path("cluster_statuses")) {
            samples.addAll(cluster(cluster, proxy, at));
        }
        return samples;
    }

    private List<Sample> cluster(JsonNode cluster, Labels proxy, Instant at) throws UnexpectedPageException {
        String name = Json.text(cluster, "name");
        var hosts = StreamSupport.stream(cluster.path("host_statuses").spliterator(), false)
                .map(host -> host.path("health_status"))
                .toList();
        long healthy = hosts.stream().filter(ClustersReader::isHealthy).count();
        long ejected = hosts.stream()
                .filter(host -> host.path("failed_outlier_check").asBoolean())
                .count();
        double connections = connections(cluster);

        var labels = proxy.with("cluster", name);
        var samples = new ArrayList<>(List.of(
                EnvoyMetrics.ENDPOINTS.sample(labels.with("health", "healthy"), healthy, at),
                EnvoyMetrics.ENDPOINTS.sample(labels.with("health", "unhealthy"), hosts.size() - healthy, at),
                EnvoyMetrics.EJECTED.sample(labels, ejected, at),
                EnvoyMetrics.CONNECTIONS.sample(labels, connections, at)));
        if (name.equals(controlPlaneCluster)) {
            samples.add(EnvoyMetrics.CONTROL_PLANE.sample(proxy, connections > 0 ? 1 : 0, at));
        }
        return samples;
    }

    private static boolean isHealthy(JsonNode health) {
        String discovered = health.path("eds_health_status").asText("HEALTHY");
        boolean fine = discovered.equals("HEALTHY") || discovered.equals("UNKNOWN") || discovered.equals("DEGRADED");
        return fine && FAILED.stream().noneMatch(flag -> health.path(flag).asBoolean());
    }

    private static double connections(JsonNode cluster) throws UnexpectedPageException {
        double sum = 0;
        for (var host : cluster.path("host_statuses")) {
            for (var stat : host.path("stats")) {
                sum += stat.path("name").asText().equals("cx_active") ? Json.number(stat, "value") : 0;
            }
        }
        return sum;
    }
}
