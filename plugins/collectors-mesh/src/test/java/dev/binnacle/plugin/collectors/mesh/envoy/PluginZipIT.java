package dev.binnacle.plugin.collectors.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.spi.context.Proxy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PluginZipIT extends PackedPluginContract {
    private AdminServer admin;

    @Override
    protected String zip() {
        return "target/collectors-mesh-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-envoy";
    }

    @Override
    protected List<Proxy> proxies() throws IOException {
        admin = AdminServer.recorded();
        return List.of(new Proxy("a-0", "default", "a", admin.uri()));
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningCollector) extension).collector().collect(Instant.now()))
                .filteredOn(sample -> sample.series().name().equals("binnacle_envoy_up"))
                .singleElement()
                .satisfies(up -> assertThat(up.value()).isEqualTo(1));
    }

    @AfterEach
    void stopServer() {
        admin.close();
    }
}
