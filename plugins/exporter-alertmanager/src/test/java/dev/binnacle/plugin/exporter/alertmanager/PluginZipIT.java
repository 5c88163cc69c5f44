package dev.binnacle.plugin.exporter.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class PluginZipIT extends PackedPluginContract {
    private final FakeAlertmanager manager = new FakeAlertmanager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Override
    protected String zip() {
        return "target/exporter-alertmanager-plugin.zip";
    }

    @Override
    protected String extension() {
        return "exporter-alertmanager";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("urls", manager.url());
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        manager.received.clear();
        var labels = Labels.of("alertname", "Down", "alertstate", "firing");
        ((RunningExporter) extension)
                .exporter()
                .export(List.of(MetricFamily.gauge("ALERTS", "", "").sample(labels, 1, Instant.now())));

        assertThat(manager.received).hasSize(1);
    }
}
