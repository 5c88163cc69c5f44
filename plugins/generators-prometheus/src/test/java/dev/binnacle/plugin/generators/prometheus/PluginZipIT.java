package dev.binnacle.plugin.generators.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import java.util.List;

class PluginZipIT extends PackedPluginContract {
    @Override
    protected String zip() {
        return "target/generators-prometheus-plugin.zip";
    }

    @Override
    protected String extension() {
        return "generator-prometheus";
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningGenerator) extension).generator().generate(List.of()))
                .extracting(file -> file.path())
                .containsExactly(
                        "prometheus/prometheus.yml",
                        "prometheus/rules/mesh-recording.yml",
                        "prometheus/kubernetes/federation.yml");
    }
}
