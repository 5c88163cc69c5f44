package dev.binnacle.plugin.collector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class PluginZipIT extends PackedPluginContract {
    @TempDir
    Path settings;

    private final StandInApiServer server = new StandInApiServer();

    @Override
    protected String zip() {
        return "target/collector-kubernetes-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-kubernetes";
    }

    @Override
    protected Map<String, String> settings() {
        try {
            return Map.of(
                    "namespaces", "*", "kubeconfig", server.kubeconfig(settings).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        server.items.put("pods", StandInApiServer.pods(1));

        assertThat(((RunningCollector) extension).collector().collect(Instant.now()))
                .filteredOn(sample -> sample.series().name().equals("binnacle_kubernetes_pod_info"))
                .hasSize(1);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }
}
