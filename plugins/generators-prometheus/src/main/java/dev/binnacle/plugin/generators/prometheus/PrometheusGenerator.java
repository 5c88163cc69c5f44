package dev.binnacle.plugin.generators.prometheus;

import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.SourceFile;
import java.util.List;

/** Writes {@code prometheus/prometheus.yml} and the rule files beside it. */
final class PrometheusGenerator implements ConfigGenerator {
    private static final String HEADER = """
            # Made by generator-prometheus (plugins/generators-prometheus): do not edit.
            # Change the generator or its settings and run ./binnacle generate.
            """;

    private final PrometheusSettings settings;

    PrometheusGenerator(PrometheusSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) {
        // The targets are found at run time, so no manifest changes a byte here.
        return List.of(
                new GeneratedFile("prometheus/prometheus.yml", HEADER + ScrapeConfiguration.render(settings)),
                new GeneratedFile(
                        "prometheus/rules/mesh-recording.yml",
                        HEADER
                                + RuleGroup.file(
                                        MeshRecordingRules.of(settings.window()).groups())),
                new GeneratedFile(
                        "prometheus/rules/mesh-alerts.yml",
                        HEADER + RuleGroup.file(List.of(CertificateAlerts.group(settings.certificateWarning())))));
    }
}
