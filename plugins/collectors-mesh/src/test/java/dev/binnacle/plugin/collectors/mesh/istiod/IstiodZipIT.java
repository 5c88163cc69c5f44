package dev.binnacle.plugin.collectors.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.spi.testkit.FaultyServer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class IstiodZipIT extends PackedPluginContract {
    private final FaultyServer istiod = new FaultyServer(request -> IstiodCollectorContractTest.recorded());

    @Override
    protected String zip() {
        return "target/collectors-mesh-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-istiod";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("urls", istiod.url().toString());
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningCollector) extension).collector().collect(Instant.now()))
                .filteredOn(sample -> sample.series().name().equals("istiod_up"))
                .singleElement()
                .satisfies(up -> assertThat(up.value()).isEqualTo(1));
    }

    @AfterEach
    void stop() {
        istiod.close();
    }
}
