package dev.binnacle.plugin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.spi.testkit.FaultyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class PluginZipIT extends PackedPluginContract {
    @TempDir
    Path configs;

    private final FaultyServer server = new FaultyServer(request -> "well");

    @Override
    protected String zip() {
        return "target/collector-probe-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-probe";
    }

    @Override
    protected Map<String, String> settings() {
        try {
            return Map.of(
                    "config-file",
                    Probes.file(configs, "- {name: a, url: '%s/', matches: well}".formatted(server.url()))
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningCollector) extension).collector().collect(Instant.now()))
                .filteredOn(sample -> sample.series().name().equals("probe_success"))
                .singleElement()
                .satisfies(success -> assertThat(success.value()).isEqualTo(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
