package dev.binnacle.plugin.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class PluginZipIT extends PackedPluginContract {
    private final FakeCollector collector = new FakeCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    @Override
    protected String zip() {
        return "target/exporter-otlp-plugin.zip";
    }

    @Override
    protected String extension() {
        return "exporter-otlp";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", collector.url());
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        collector.received.clear();
        ((RunningExporter) extension).exporter().export(Samples.histogram(Samples.TARGET, 1, 1, Instant.now()));

        assertThat(collector.metrics())
                .singleElement()
                .satisfies(metric -> assertThat(metric.getName()).isEqualTo("wait_seconds"));
    }
}
