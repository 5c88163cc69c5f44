package dev.binnacle.plugin.collectors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import java.time.Instant;

class PluginZipIT extends PackedPluginContract {
    @Override
    protected String zip() {
        return "target/collectors-mesh-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-envoy";
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningCollector) extension).collector().collect(Instant.now()))
                .isEmpty();
    }
}
