package dev.binnacle.plugin.generators.alerts;

import dev.binnacle.prometheus.rules.Made;
import dev.binnacle.prometheus.rules.RuleGroup;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.SourceFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The alerts; no manifest changes them. */
final class AlertsGenerator implements ConfigGenerator {
    static final String ID = "generator-alerts";

    private final Duration certificateWarning;

    AlertsGenerator(Duration certificateWarning) {
        this.certificateWarning = certificateWarning;
    }

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) {
        var groups = new ArrayList<RuleGroup>();
        groups.add(CertificateAlerts.group(certificateWarning));
        groups.addAll(TrafficAlerts.groups());
        groups.addAll(SidecarAlerts.groups());
        groups.add(ControlPlaneAlerts.group());
        groups.addAll(PlatformAlerts.groups());
        return List.of(
                new GeneratedFile("prometheus/rules/mesh-alerts.yml", Made.comment(ID) + RuleGroup.file(groups)));
    }
}
