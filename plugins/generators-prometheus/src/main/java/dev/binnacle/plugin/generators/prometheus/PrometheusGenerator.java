package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.prometheus.rules.Made;
import dev.binnacle.prometheus.rules.RuleGroup;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.SourceFile;
import java.util.List;

/** Prometheus' own files: what it scrapes and what it records. */
final class PrometheusGenerator implements ConfigGenerator {
    static final String ID = "generator-prometheus";

    private final PrometheusSettings settings;

    PrometheusGenerator(PrometheusSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) {
        // The targets are found at run time, so no manifest changes a byte here.
        return List.of(
                file("prometheus.yml", ScrapeConfiguration.local(settings)),
                file(
                        "rules/mesh-recording.yml",
                        RuleGroup.file(MeshRecordingRules.of(settings.window(), settings.keepLabels())
                                .groups())),
                file("kubernetes/federation.yml", Federation.job()));
    }

    @Override
    public List<GeneratedFile> complete(List<GeneratedFile> all) {
        var kubernetes = new KubernetesScrapes(settings, AllowList.of(all));
        return List.of(
                file("kubernetes/prometheus.yml", kubernetes.configuration()),
                file("kubernetes/pod-monitor.yml", kubernetes.podMonitor()),
                file("kubernetes/service-monitor.yml", kubernetes.serviceMonitor()));
    }

    private static GeneratedFile file(String name, String text) {
        return new GeneratedFile("prometheus/" + name, Made.comment(ID) + text);
    }
}
