package dev.binnacle.plugin.generators.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;

class PluginZipIT extends PackedPluginContract {
    @Override
    protected String zip() {
        return "target/generators-istio-plugin.zip";
    }

    @Override
    protected String extension() {
        return "generator-istio";
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        var files =
                ((RunningGenerator) extension).generator().generate(Shop.with("wanted.yaml", Shop.read("wanted.yaml")));

        assertThat(files).hasSize(5);
    }
}
