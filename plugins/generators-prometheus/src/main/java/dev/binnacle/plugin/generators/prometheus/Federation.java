package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.yaml.YamlWriter;
import dev.binnacle.prometheus.yaml.YamlWriter.Commented;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The job of a Prometheus over several: it takes what was recorded, and nothing per pod (facts F5). */
final class Federation {
    private Federation() {}

    /** Returns a configuration with that one job. */
    static String job() {
        var job = new LinkedHashMap<String, Object>();
        job.put("job_name", "federate");
        job.put("metrics_path", "/federate");
        job.put("honor_labels", true);
        job.put("params", Map.of("match[]", List.of("{__name__=~\"(workload|service|slo):.*\"}")));
        job.put(
                "static_configs",
                List.of(Map.of("targets", List.of("prometheus.istio-system.svc.cluster.local:9090"))));
        return YamlWriter.write(Map.of(
                "scrape_configs",
                List.of(new Commented(
                        "What each cluster's Prometheus has recorded, under its labels. Give each its own external"
                                + " label 'cluster'.",
                        job))));
    }
}
