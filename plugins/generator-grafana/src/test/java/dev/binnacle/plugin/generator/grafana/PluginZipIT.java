package dev.binnacle.plugin.generator.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import java.util.List;

class PluginZipIT extends PackedPluginContract {
    @Override
    protected String zip() {
        return "target/generator-grafana-plugin.zip";
    }

    @Override
    protected String extension() {
        return "generator-grafana";
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningGenerator) extension).generator().generate(List.of()))
                .extracting(file -> file.path())
                .contains("grafana/dashboards/mesh.json", "grafana/provisioning/datasources/binnacle.yaml");
    }
}
